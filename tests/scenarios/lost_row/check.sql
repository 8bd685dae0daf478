(SELECT n, 'Patient ' || n, 1 + n % 3 FROM generate_series(1, 20) AS n
 EXCEPT SELECT p.legacy_id, p.name, c.legacy_id FROM patients AS p JOIN clinics AS c ON c.id = p.clinic_id);
SELECT count(*) FROM patients HAVING count(*) <> 20;
