(SELECT 'comment', n, CASE n WHEN 1 THEN 'edited' ELSE 'Comment ' || n END FROM generate_series(1, 30) AS n WHERE n <> 29
 UNION ALL SELECT CASE n WHEN 19 THEN 'app' ELSE 'note' END, n, CASE n WHEN 1 THEN 'edited' WHEN 21 THEN 'late' ELSE 'Note ' || n END FROM generate_series(1, 21) AS n)
EXCEPT ALL SELECT legacy_table::text, legacy_id, text FROM remarks;
SELECT count(*) FROM remarks HAVING count(*) <> 29 + 21 + 3;
SELECT n, CASE WHEN n = 22 THEN 'comment30' WHEN n = 19 THEN 'app19' WHEN n = 21 THEN 'note21' WHEN n % 2 = 0 THEN 'comment' || n ELSE 'note' || n END FROM generate_series(1, 22) AS n WHERE n <> 19
EXCEPT SELECT l.legacy_id, legacy_table::text || m.legacy_id FROM rehome.ledger_replies AS l JOIN replies AS r ON r.id = l.target_id JOIN remarks AS m ON m.id = r.remark_id;
SELECT 'Clinic ' || n FROM generate_series(1, 8) AS n UNION SELECT 'Lab ' || n FROM generate_series(1, 5) AS n EXCEPT SELECT name FROM places;
