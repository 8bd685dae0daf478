CREATE TABLE person (id integer PRIMARY KEY, name text);
INSERT INTO person SELECT n, 'Person ' || n FROM generate_series(1, 50) AS n;
