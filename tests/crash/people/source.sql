-- Small, with something of everything that a run can stumble over.
CREATE TABLE office (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO office SELECT i, 'Office ' || i FROM generate_series(1, 25) AS i;

-- boss_id: to the entity itself, so left open and settled. Roles 9 have no place in the target; negative weights break a
-- CHECK there; a trigger there refuses names with an X.
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL, role integer, weight integer, boss_id integer);
INSERT INTO person
SELECT i, CASE WHEN i IN (33, 71) THEN 'X' ELSE 'P' END || i, CASE WHEN i % 29 = 0 THEN 9 ELSE i % 2 END,
  CASE WHEN i IN (12, 13, 47, 90) THEN -1 ELSE i END, nullif((i * 7) % 130, i)
FROM generate_series(1, 125) AS i;

-- A text key: hash buckets, cut by stream position. Persons 29, 58 … are held; offices above 25 are in no table.
CREATE TABLE note (code text PRIMARY KEY, person_id integer, office_id integer, words text, divisor integer NOT NULL);
INSERT INTO note
SELECT 'N-' || i, 1 + i % 125, CASE WHEN i % 3 = 0 THEN 1 + i % 30 END, repeat('word ', i % 9), CASE WHEN i = 77 THEN 0 ELSE 1 END
FROM generate_series(1, 140) AS i;
