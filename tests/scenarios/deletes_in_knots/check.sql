(VALUES (1, 10), (2, 20), (3, 30), (4, 40), (5, 50), (8, 85), (9, 90), (10, 85)) EXCEPT SELECT t.legacy_id, m.legacy_id FROM teams AS t JOIN members AS m ON m.id = t.leader_id;
SELECT count(*) FROM teams HAVING count(*) <> 8;
SELECT n, CASE n WHEN 85 THEN 8 WHEN 92 THEN 8 ELSE n / 10 END FROM unnest(ARRAY(SELECT * FROM generate_series(10, 59)) || ARRAY[85, 90, 91, 92, 100]) AS n
EXCEPT SELECT m.legacy_id, t.legacy_id FROM members AS m JOIN teams AS t ON t.id = m.team_id;
SELECT count(*) FROM members HAVING count(*) <> 55;
