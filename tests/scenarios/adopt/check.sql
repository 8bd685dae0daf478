WITH expected (legacy_id, id, name, city, phone) AS (
  SELECT n, CASE WHEN n IN (1, 2, 3, 4, 5, 6, 7, 8, 13) THEN md5(n::text)::uuid WHEN n = 9 THEN md5('92')::uuid END, 'Person ' || n,
    CASE n WHEN 2 THEN 'Moved' WHEN 3 THEN 'Mine' WHEN 7 THEN 'Moved' WHEN 8 THEN 'Elsewhere' ELSE 'City ' || n END,
    CASE WHEN n < 9 THEN 'mine' WHEN n IN (9, 13) THEN NULL ELSE '555-' || n END
  FROM generate_series(1, 13) AS n
  UNION ALL VALUES (90, md5('90')::uuid, 'Nobody', NULL, NULL), (NULL, md5('own 1')::uuid, 'Person 1', NULL, NULL), (NULL, md5('own 2')::uuid, 'Person 11', NULL, NULL)
), found AS (SELECT legacy_id, CASE WHEN legacy_id IN (10, 11, 12) THEN NULL ELSE id END, name, city, phone FROM people)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT legacy_id FROM letters AS l WHERE NOT EXISTS (SELECT 1 FROM people AS p WHERE p.id = l.person_id AND p.legacy_id = l.legacy_id);
SELECT l.legacy_id FROM rehome.ledger_people AS l LEFT JOIN people AS p ON p.id = l.target_id AND p.legacy_id = l.legacy_id WHERE p.id IS NULL;
SELECT batch_id, source_rows FROM rehome.batch WHERE state = 'done' AND source_rows <> unchanged + inserted + updated + coalesce(adopted, 0) + kept + held + (SELECT coalesce(sum(value::bigint), 0) FROM jsonb_each_text(excluded));
