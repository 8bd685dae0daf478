CREATE TABLE clinic (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE patient (id integer PRIMARY KEY, clinic_id integer NOT NULL, name text);
INSERT INTO clinic SELECT n, 'Clinic ' || n FROM generate_series(1, 200) AS n;
INSERT INTO patient SELECT n, n, 'Patient ' || n FROM generate_series(1, 100) AS n;
