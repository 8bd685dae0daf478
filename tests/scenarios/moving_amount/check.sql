SELECT * FROM seen WHERE (invoices, total) <> (400, 400 * 100 + 400 * 401 / 2);
SELECT count(*) FROM seen HAVING count(*) <> 5;
