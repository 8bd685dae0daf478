CREATE TABLE person (id integer PRIMARY KEY, name text, phone text, archived boolean NOT NULL DEFAULT false);
INSERT INTO person SELECT n, 'Person ' || n, '555-' || n FROM generate_series(1, 50) AS n;
