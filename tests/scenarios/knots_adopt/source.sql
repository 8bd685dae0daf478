-- Staff 20 works in store 1 and manages store 2, so that new rows lead to those which are there; and the other way round: store 5 is there, and its manager is one of the new ones. In 6 and 7 store and manager lead to each other, and one of them is there; in 8, too, and the manager's boss is there.
CREATE TABLE store (id integer PRIMARY KEY, manager_id integer NOT NULL, name text NOT NULL);
CREATE TABLE staff (id integer PRIMARY KEY, store_id integer NOT NULL, name text NOT NULL, boss_id integer);
INSERT INTO store VALUES (1, 10, 'Store 1'), (2, 20, 'Store 2'), (3, 30, 'Store 3'), (4, 40, 'Store 4'), (5, 50, 'Store 5'), (6, 60, 'Store 6'), (7, 70, 'Store 7'), (8, 81, 'Store 8');
INSERT INTO staff VALUES (10, 1, 'Staff 10'), (11, 1, 'Staff 11'), (20, 1, 'Staff 20'), (21, 2, 'Staff 21'), (30, 3, 'Staff 30'), (31, 2, 'Staff 31'), (40, 4, 'Staff 40'), (41, 4, 'Staff 41'), (50, 2, 'Staff 50'), (51, 5, 'Staff 51'), (60, 6, 'Staff 60'), (70, 7, 'Staff 70'), (81, 8, 'Staff 81');
-- All others are their own boss.
UPDATE staff SET boss_id = CASE id WHEN 81 THEN 70 ELSE id END;
