-- Each row of the source is there, under one key.
SELECT n FROM generate_series(1, 21) AS n WHERE NOT EXISTS (SELECT FROM patients AS p WHERE p.legacy_id = n);
SELECT l.legacy_id FROM rehome.ledger_patients AS l LEFT JOIN patients AS p ON p.id = l.target_id WHERE p.legacy_id IS DISTINCT FROM l.legacy_id;
SELECT * FROM rehome.open_ref;
