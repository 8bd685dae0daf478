CREATE TABLE thing (id integer PRIMARY KEY, name text, slug text);
INSERT INTO thing SELECT n, 'Thing ' || n FROM generate_series(1, 6) AS n;
