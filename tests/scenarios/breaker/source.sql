CREATE TABLE item (id integer PRIMARY KEY, price integer);
INSERT INTO item SELECT n, n FROM generate_series(1, 5000) AS n;
