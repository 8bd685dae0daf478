CREATE TABLE clinic (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE patient (id integer PRIMARY KEY, clinic_id integer REFERENCES clinic, name text);
INSERT INTO clinic VALUES (1, 'North'), (2, 'South'), (3, 'West');
INSERT INTO patient SELECT n, 1 + n % 3, 'Patient ' || n FROM generate_series(1, 20) AS n;
