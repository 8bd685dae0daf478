CREATE TABLE patient (id integer PRIMARY KEY, email text, age integer, country text, suffix text);
INSERT INTO patient SELECT n, 'p' || n || '@example.org', 20 + n % 60, 'DE', 'ok' FROM generate_series(1, 20000) AS n;
