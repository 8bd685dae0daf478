-- Nothing of the application's own has gone, and nothing of what the source has.
SELECT 'an invoice' WHERE (SELECT count(*) FROM invoices) <> 2;
SELECT n FROM generate_series(1, 26) AS n WHERE (n < 20 AND n <> 10 OR n > 24) AND NOT EXISTS (SELECT FROM patients AS p WHERE p.legacy_id = n);
-- Every row that is gone from the target has its image.
SELECT l.legacy_id FROM rehome.ledger_patients AS l WHERE l.removal = 'deleted'
  AND (EXISTS (SELECT FROM patients AS p WHERE p.id = l.target_id)
    OR NOT EXISTS (SELECT FROM rehome.undo AS u WHERE u.entity = 'patients' AND u.legacy_key->>'id' = l.legacy_id::text AND u.kind = 'delete'));
SELECT * FROM rehome.open_ref AS o JOIN rehome.ledger_patients AS l ON o.entity = 'patients' AND l.legacy_id::text = o.legacy_key->>'id' WHERE l.removal = 'deleted';
