(SELECT n, 'Patient ' || n, 1 + n % 3 FROM generate_series(1, 1000) AS n
 EXCEPT SELECT p.legacy_id, p.name, c.legacy_id FROM patients AS p JOIN clinics AS c ON c.id = p.clinic_id);
SELECT count(*) FROM patients HAVING count(*) <> 1000;
SELECT count(*) FROM rehome.ledger_patients HAVING count(*) <> 1000;
SELECT sum(inserted) FROM rehome.batch WHERE entity = 'patients' HAVING sum(inserted) <> 1000;
