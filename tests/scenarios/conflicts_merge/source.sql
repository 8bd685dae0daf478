CREATE TABLE club (id integer PRIMARY KEY, name text);
CREATE TABLE person (id integer PRIMARY KEY, name text, city text, phone text, amount numeric, boss integer, club integer);
INSERT INTO person SELECT n, 'Person ' || n, 'City ' || n, '555-' || n, n, NULL, NULL FROM generate_series(1, 16) AS n;
UPDATE person SET boss = 15 WHERE id = 14;
-- No club is there yet.
UPDATE person SET club = 7 WHERE id = 13;
