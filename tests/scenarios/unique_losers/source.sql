CREATE TABLE person (id integer PRIMARY KEY, email text, number integer, code text);
INSERT INTO person SELECT n, 'p' || n % 20 || '@example.org', n % 25, 'c' || n FROM generate_series(1, 60) AS n;
UPDATE person SET email = upper(email) WHERE id % 3 = 0;
UPDATE person SET email = NULL WHERE id IN (5, 6);
