-- Stores have a manager, who is staff of a store; staff have a boss, who may be themselves; neither may be empty. And who is hired belongs to both.
CREATE TABLE store (id integer PRIMARY KEY, manager_id integer NOT NULL, name text NOT NULL, city text);
CREATE TABLE staff (id integer PRIMARY KEY, store_id integer NOT NULL, boss_id integer NOT NULL, name text NOT NULL, friend_id integer);
CREATE TABLE folder (path text PRIMARY KEY, parent text NOT NULL);
CREATE TABLE visit (id integer PRIMARY KEY, store_id integer, staff_id integer);
-- Store n is managed by staff 10 n, who works there and is its own boss; the others of the store work for him. Staff 7 has a boss in the store after.
INSERT INTO store SELECT n, n * 10, 'Store ' || n, 'City ' || n FROM generate_series(1, 12) AS n;
INSERT INTO staff SELECT n, (n + 9) / 10, CASE WHEN n = 7 THEN 20 ELSE (n + 9) / 10 * 10 END, 'Staff ' || n, nullif(n % 13, 0) FROM generate_series(1, 120) AS n;
-- A chain of folders, deepest first, and one that is its own parent.
INSERT INTO folder SELECT '/' || repeat('x', 40 - n), CASE WHEN n = 40 THEN '/' ELSE '/' || repeat('x', 39 - n) END FROM generate_series(0, 40) AS n;
INSERT INTO visit SELECT n, 1 + n % 12, 1 + n % 120 FROM generate_series(1, 50) AS n;
-- Store 11 has no name, so nobody who works there can go, nor he whose manager is one of them.
UPDATE store SET name = '' WHERE id = 11;
UPDATE store SET manager_id = 999 WHERE id = 12;
