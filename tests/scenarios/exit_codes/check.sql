SELECT count(*) FROM patients HAVING count(*) <> 1000;
