WITH expected (legacy_id, email, badge, note) AS (
  SELECT n, CASE n WHEN 1 THEN 'p15@x' WHEN 7 THEN 'p8@x' WHEN 8 THEN 'new8@x' WHEN 9 THEN NULL WHEN 15 THEN 'p25@x' WHEN 25 THEN 'new25@x'
      WHEN 21 THEN 'free@x' WHEN 23 THEN 'p21@x' ELSE 'p' || n || '@x' END,
    CASE n WHEN 2 THEN 3 WHEN 3 THEN 2 WHEN 5 THEN 6 WHEN 6 THEN 5 ELSE n END, CASE n WHEN 6 THEN 'other' ELSE 'note' END
  FROM generate_series(1, 30) AS n UNION ALL VALUES (0, 'p9@x', 0, 'new')
), found AS (SELECT legacy_id, email, badge, note FROM people)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT legacy_key FROM rehome.quarantine;
SELECT legacy_id FROM rehome.ledger_people WHERE refused_hash IS NOT NULL OR state <> 'here';
