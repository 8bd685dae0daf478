(SELECT n, nullif(n * 2 % 101, 0), 'Category ' || n FROM generate_series(1, 100) AS n
 UNION ALL VALUES (200, 200, 'its own parent'), (201, 999, 'an orphan'), (202, NULL, 'a root'), (999, 1, 'late'))
EXCEPT SELECT c.legacy_id, p.legacy_id, c.name FROM categories AS c LEFT JOIN categories AS p ON p.id = c.parent_id;
SELECT n, n * 10 FROM generate_series(1, 10) AS n EXCEPT SELECT t.legacy_id, m.legacy_id FROM teams AS t JOIN members AS m ON m.id = t.leader_id;
SELECT n, 1 + n % 10 FROM generate_series(1, 100) AS n EXCEPT SELECT m.legacy_id, t.legacy_id FROM members AS m JOIN teams AS t ON t.id = m.team_id;
VALUES (1, 'teams 1'), (2, 'members 1'), (3, NULL), (4, NULL), (5, 'teams 1'), (6, 'teams 1'), (7, 'members 999')
EXCEPT SELECT r.legacy_id, coalesce('teams ' || t.legacy_id, 'members ' || m.legacy_id)
FROM remarks AS r LEFT JOIN teams AS t ON t.id = r.about_id LEFT JOIN members AS m ON m.id = r.about_id;
SELECT count(*) FROM categories HAVING count(*) <> 104 UNION ALL SELECT count(*) FROM remarks HAVING count(*) <> 7;
