CREATE TABLE item (id integer PRIMARY KEY, name text);
INSERT INTO item SELECT n, 'Item ' || n FROM generate_series(1, 120) AS n;
