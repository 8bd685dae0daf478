CREATE TABLE person (id integer PRIMARY KEY, name text, city text, phone text, boss integer);
INSERT INTO person SELECT n, 'Person ' || n, 'City ' || n, '555-' || n FROM generate_series(1, 12) AS n;
CREATE TABLE letter (id integer PRIMARY KEY, person integer, text text);
INSERT INTO letter SELECT n, n, 'Letter ' || n FROM generate_series(1, 12) AS n;
