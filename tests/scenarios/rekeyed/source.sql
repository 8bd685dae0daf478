CREATE TABLE clinic (id integer PRIMARY KEY, code text);
CREATE TABLE patient (id integer PRIMARY KEY, clinic_id integer, email text);
INSERT INTO clinic SELECT n, 'C' || n FROM generate_series(1, 5) AS n;
INSERT INTO patient SELECT n, n % 5 + 1, 'p' || n FROM generate_series(1, 30) AS n;
