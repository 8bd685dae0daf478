WITH expected (legacy_id, clinic, name, short, born, seen, weight, price, count, big, ratio, flag, tags, raw, notes, facts, stage, phone, boss) AS (
  SELECT n AS legacy_id,
    CASE n WHEN 16 THEN 1 WHEN 17 THEN NULL WHEN 31 THEN 3 WHEN 32 THEN 2 ELSE 1 + n % 3 END,
    CASE n WHEN 1 THEN 'New' WHEN 21 THEN NULL WHEN 31 THEN 'Patient 32' WHEN 32 THEN 'Patient 31' ELSE 'Patient ' || n END,
    CASE n WHEN 2 THEN 'x' WHEN 31 THEN 's32' WHEN 32 THEN 's31' ELSE 's' || n END,
    CASE n WHEN 3 THEN '1999-09-09'::date WHEN 30 THEN '2001-01-01' ELSE '2000-01-01' END,
    CASE n WHEN 4 THEN '2021-01-01 12:00+00'::timestamptz ELSE '2020-01-01 12:00+00' END,
    CASE n WHEN 5 THEN '1.00' WHEN 21 THEN NULL WHEN 30 THEN '7' ELSE '1.0' END,
    CASE n WHEN 6 THEN '2.50' ELSE '1.50' END,
    CASE n WHEN 7 THEN -1 WHEN 31 THEN 32 WHEN 32 THEN 31 ELSE n END,
    CASE n WHEN 8 THEN -1 WHEN 31 THEN 32 WHEN 32 THEN 31 ELSE n END,
    CASE n WHEN 9 THEN 'NaN'::double precision WHEN 31 THEN 32 WHEN 32 THEN 31 ELSE n END,
    n <> 10,
    CASE n WHEN 11 THEN '{b,NULL}' WHEN 30 THEN '{}' ELSE '{a}' END::text[],
    CASE n WHEN 12 THEN '\x0200' ELSE '\x01' END::bytea,
    CASE n WHEN 13 THEN '{"b": 2, "a": 1}' ELSE '{"a": 1, "b": 2}' END,
    CASE n WHEN 14 THEN '{"a": 1, "b": 3}' WHEN 21 THEN NULL ELSE '{"a": 1, "b": 2}' END::jsonb,
    CASE n WHEN 15 THEN 'done' ELSE 'new' END,
    CASE n WHEN 1 THEN 'mine' ELSE '555-' || n END,
    CASE n WHEN 18 THEN 1 WHEN 19 THEN 50 END
  FROM generate_series(1, 40) AS n
  UNION ALL SELECT 50, 1, 'Boss', NULL, NULL, NULL, NULL, '1.00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'new', NULL, NULL
), found AS (
  SELECT p.legacy_id, c.legacy_id, p.name::text, rtrim(p.short), p.born, p.seen, p.weight::text, p.price::text, p.count, p.big, p.ratio, p.flag, p.tags, p.raw,
    p.notes::text, p.facts, p.stage::text, p.phone, b.legacy_id
  FROM patients AS p LEFT JOIN clinics AS c ON c.id = p.clinic_id LEFT JOIN patients AS b ON b.id = p.boss_id
)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT l.legacy_id FROM rehome.ledger_patients AS l WHERE l.refused_hash IS NOT NULL OR l.state <> 'here';
SELECT run_id, sum(updated) FROM rehome.batch WHERE entity = 'patients' GROUP BY run_id EXCEPT VALUES (1, 0), (2, 22), (3, 0);
