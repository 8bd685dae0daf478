CREATE TABLE clinic (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE patient (id integer PRIMARY KEY, clinic_id integer, name text);
CREATE TABLE note (id integer PRIMARY KEY, words text);
INSERT INTO clinic SELECT n, 'Clinic ' || n FROM generate_series(1, 4) AS n;
INSERT INTO patient SELECT n, 1 + n % 4, 'Patient ' || n FROM generate_series(1, 20) AS n;
INSERT INTO note SELECT n, 'Note ' || n FROM generate_series(1, 10) AS n;
