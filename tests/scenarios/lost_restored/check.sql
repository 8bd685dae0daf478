SELECT count(*) FROM patients HAVING count(*) <> 20;
SELECT p.id FROM patients AS p WHERE p.legacy_id IS NOT NULL AND NOT EXISTS (SELECT FROM clinics AS c WHERE c.id = p.clinic_id AND c.legacy_id = 1 + p.legacy_id % 4);
SELECT legacy_id FROM patients WHERE legacy_id = 6;
