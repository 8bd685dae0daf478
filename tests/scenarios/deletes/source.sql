CREATE TABLE clinic (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE patient (id integer PRIMARY KEY, clinic_id integer, boss_id integer, last_visit_id integer, name text, email text, hidden boolean);
CREATE TABLE visit (id integer PRIMARY KEY, patient_id integer NOT NULL, note text);
INSERT INTO clinic SELECT n, 'Clinic ' || n FROM generate_series(1, 6) AS n;
INSERT INTO patient SELECT n, 1 + n % 3, nullif(n / 2, 0), n, 'Patient ' || n, 'p' || n || '@example.test', false FROM generate_series(1, 40) AS n;
INSERT INTO visit SELECT n, n, 'Note ' || n FROM generate_series(1, 40) AS n;
