-- Nothing that was not taken has gone.
SELECT n FROM (VALUES (3), (4), (10)) AS v (n) WHERE NOT EXISTS (SELECT FROM patients WHERE legacy_id = n);
SELECT 'doctor 2' WHERE NOT EXISTS (SELECT FROM doctors WHERE legacy_id = 2 AND name = 'Other');
