SELECT legacy_id FROM items GROUP BY 1 HAVING count(*) > 1;
SELECT 'missing' WHERE (SELECT count(*) FROM items) <> 120;
