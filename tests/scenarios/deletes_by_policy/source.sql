CREATE TABLE patient (id integer PRIMARY KEY, name text);
INSERT INTO patient SELECT n, 'Patient ' || n FROM generate_series(1, 6) AS n;
