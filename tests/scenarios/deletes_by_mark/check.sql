SELECT count(*) FROM patients HAVING count(*) <> 12;
SELECT count(*) FROM visits HAVING count(*) <> 12;
SELECT legacy_id FROM patients WHERE archived <> (legacy_id = 6);
SELECT legacy_id FROM rehome.ledger_patients WHERE (removal = 'marked') <> (legacy_id = 6);
