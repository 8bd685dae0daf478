WITH expected (id, legacy_id, clinic, name, age, kind, born) AS (
  SELECT n, n, CASE n WHEN 4 THEN 9 WHEN 31 THEN 2 ELSE 1 END, CASE n WHEN 5 THEN 'Right' WHEN 10 THEN 'Well 10' WHEN 11 THEN 'Well 11' WHEN 12 THEN 'Back again' ELSE 'Patient ' || n END,
    CASE n WHEN 1 THEN 100 ELSE n END, 'guest', 2000
  FROM generate_series(1, 31) AS n
), found AS (SELECT least(p.id, 31), p.legacy_id, c.legacy_id, p.name::text, p.age, p.kind, p.born FROM patients AS p JOIN clinics AS c ON c.id = p.clinic_id)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT q.legacy_key FROM rehome.quarantine AS q FULL JOIN (SELECT * FROM rehome.ledger_patients WHERE refused_hash IS NOT NULL) AS l
  ON q.legacy_key->>'id' = l.legacy_id::text WHERE l.legacy_id IS NULL OR q.legacy_key IS NULL;
