CREATE TABLE clinic (id integer PRIMARY KEY, name text);
CREATE TABLE person (
  id integer PRIMARY KEY, clinic_id integer, friend_id integer, email text, badge integer, age integer, old boolean NOT NULL DEFAULT false
);
INSERT INTO clinic VALUES (1, 'North'), (2, 'South'), (3, NULL);
INSERT INTO person SELECT n, 1 + n % 2, nullif(n % 7, 0), 'p' || n || '@x', n, n FROM generate_series(1, 60) AS n;
UPDATE person SET clinic_id = 3 WHERE id = 10;
UPDATE person SET age = 200 WHERE id = 11;
UPDATE person SET old = true WHERE id = 12;
