SELECT t || n FROM generate_series(1, 2) AS n, unnest(array['comment', 'note']) AS t
EXCEPT SELECT legacy_table || legacy_id FROM remarks WHERE id = md5(legacy_table || legacy_id)::uuid;
(SELECT 'comment', n, 'Comment ' || n FROM generate_series(1, 5) AS n UNION ALL SELECT 'note', n, CASE n WHEN 2 THEN 'another' ELSE 'Note ' || n END FROM generate_series(1, 6) AS n
 UNION ALL VALUES ('comment', 90, 'nobody'), ('note', 91, 'nobody'), (NULL, 3, 'Comment 3'), ('note', 92, 'Comment 6'))
EXCEPT ALL SELECT legacy_table, legacy_id, text FROM remarks;
SELECT count(*) FROM remarks HAVING count(*) <> 15;
(VALUES ('Clinic', 'here', 1), ('Both', 'here', 2), ('New clinic', 'here', 1), ('Lab', 'here', 1), ('Odd lab', 'there', 1), ('own', 'here', 1))
EXCEPT SELECT name, city, count(*)::integer FROM places GROUP BY 1, 2;
SELECT count(*) FROM places HAVING count(*) <> 7;
