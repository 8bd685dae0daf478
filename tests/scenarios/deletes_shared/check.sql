-- Nothing of the application's own has gone, nor what it has taken over, and nothing of what the source has.
SELECT text FROM unnest(ARRAY['own', 'own, too', 'Comment 6']) AS text EXCEPT SELECT text FROM remarks WHERE legacy_table = 'app';
SELECT 'place' WHERE NOT EXISTS (SELECT FROM places WHERE name = 'own');
SELECT 'comment', n FROM generate_series(1, 20) AS n WHERE (n = 1 OR n >= 10) AND NOT EXISTS (SELECT FROM remarks WHERE legacy_table = 'comment' AND legacy_id = n);
SELECT 'note', n FROM generate_series(1, 20) AS n WHERE NOT EXISTS (SELECT FROM remarks WHERE legacy_table = 'note' AND legacy_id = n AND archived = (n = 2));
(VALUES ('Clinic 1'), ('Clinic 1, again') EXCEPT SELECT name FROM places) UNION ALL SELECT name FROM places WHERE name = 'Lab 1';
-- Whatever one entity has deleted, no row of another has gone with it.
SELECT l.legacy_id FROM rehome.ledger_notes AS l WHERE l.removal = 'deleted';
