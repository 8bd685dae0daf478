(SELECT id, manager_id, name FROM (VALUES (1, 10, 'Store 1'), (2, 20, 'Store 2'), (3, 30, 'Store 3'), (4, 40, 'Store 4'), (5, 50, 'Store 5'), (6, 60, 'Store 6'), (7, 70, 'Store 7'), (8, 81, 'Store 8'), (9, 91, 'Store 9')) AS s (id, manager_id, name)
 EXCEPT SELECT s.legacy_id, e.legacy_id, s.name FROM stores AS s JOIN employees AS e ON e.id = s.manager_id);
SELECT id, store_id FROM (VALUES (10, 1), (11, 1), (20, 1), (21, 2), (30, 3), (31, 2), (40, 4), (41, 4), (50, 2), (51, 5), (60, 6), (70, 7), (81, 8), (91, 9), (92, 1)) AS e (id, store_id)
EXCEPT SELECT e.legacy_id, s.legacy_id FROM employees AS e JOIN stores AS s ON s.id = e.store_id;
SELECT count(*) FROM stores HAVING count(*) <> 9;
SELECT count(*) FROM employees HAVING count(*) <> 15;
SELECT legacy_id FROM stores WHERE legacy_id IN (1, 4, 5, 6) AND id <> md5('s' || legacy_id)::uuid;
SELECT legacy_id FROM employees WHERE legacy_id IN (10, 20, 40, 70, 92) AND id <> md5('e' || legacy_id)::uuid;
SELECT e.legacy_id, b.legacy_id FROM employees AS e JOIN employees AS b ON b.id = e.boss_id WHERE b.legacy_id <> CASE e.legacy_id WHEN 81 THEN 70 WHEN 91 THEN 92 WHEN 92 THEN 70 ELSE e.legacy_id END;
