CREATE TABLE clinic (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE patient (id integer PRIMARY KEY, clinic_id integer, name text);
INSERT INTO clinic VALUES (1, 'North');
INSERT INTO patient SELECT n, 1, 'Patient ' || n FROM generate_series(1, 100) AS n;
