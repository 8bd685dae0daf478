(VALUES (1, NULL), (2, 1), (3, 2), (4, 3), (90, 1), (5, 90), (6, 1))
EXCEPT SELECT f.legacy_id, p.legacy_id FROM folders AS f LEFT JOIN folders AS p ON p.id = f.parent_id;
(VALUES (1, NULL), (2, 1), (3, 2), (4, 1), (90, 1), (5, NULL), (6, 1))
EXCEPT SELECT f.legacy_id, p.legacy_id FROM shelves AS f LEFT JOIN shelves AS p ON p.id = f.parent_id;
(VALUES ('top', NULL), ('second', 'top'), ('third', 'second'), ('fourth', 'third'), ('old', 'top'), ('fifth', 'old'), ('new', 'top'))
EXCEPT SELECT f.name, p.name FROM boxes AS f LEFT JOIN boxes AS p ON p.id = f.parent_id;
SELECT t.id FROM (SELECT * FROM folders UNION ALL SELECT * FROM shelves) AS t WHERE legacy_id < 6 AND id <> md5(legacy_id::text)::uuid;
SELECT 1 FROM folders, shelves, boxes HAVING count(DISTINCT folders.id) <> 7 OR count(DISTINCT shelves.id) <> 7 OR count(DISTINCT boxes.id) <> 7;
