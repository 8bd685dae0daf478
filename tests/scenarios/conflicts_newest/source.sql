CREATE TABLE person (id integer PRIMARY KEY, name text, city text, modified timestamptz);
INSERT INTO person SELECT n, 'Person ' || n, 'City ' || n, '2024-01-01 00:00Z' FROM generate_series(1, 9) AS n;
CREATE TABLE club (id integer PRIMARY KEY, name text, revision integer, changed timestamp);
INSERT INTO club SELECT n, 'Club ' || n, 1, '2024-01-01 00:00' FROM generate_series(1, 6) AS n;
