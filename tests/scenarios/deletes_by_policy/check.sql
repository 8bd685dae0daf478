SELECT legacy_id, name FROM patients EXCEPT VALUES (NULL, 'Theirs'), (3, 'Back'), (6, 'Patient 6');
SELECT legacy_id, state::text, removal FROM rehome.ledger_patients EXCEPT VALUES (1, 'held', NULL), (2, 'gone', 'deleted'), (3, 'here', NULL), (4, 'gone', 'deleted'), (5, 'gone', 'deleted'), (6, 'here', NULL);
