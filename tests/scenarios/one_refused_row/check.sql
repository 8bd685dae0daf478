SELECT count(*) FROM patients HAVING count(*) <> 19999;
SELECT legacy_id FROM patients WHERE legacy_id = 12345;
