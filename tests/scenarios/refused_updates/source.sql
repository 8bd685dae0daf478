CREATE TABLE clinic (id integer PRIMARY KEY, name text);
CREATE TABLE patient (id integer PRIMARY KEY, clinic_id integer, name text, age integer, kind integer, born text);
INSERT INTO clinic VALUES (1, 'North'), (2, 'South');
INSERT INTO patient SELECT n, 1, 'Patient ' || n, n, 1, '2000' FROM generate_series(1, 30) AS n;
