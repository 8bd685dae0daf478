(SELECT n, 'Patient ' || n FROM generate_series(1, 200) AS n EXCEPT SELECT legacy_id, name FROM patients);
SELECT count(*) FROM patients HAVING count(*) <> 200;
