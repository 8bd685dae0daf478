CREATE TABLE person (id integer PRIMARY KEY, name text, city text, phone text);
INSERT INTO person SELECT n, 'Person ' || n, 'City ' || n, '555-' || n FROM generate_series(1, 10) AS n;
