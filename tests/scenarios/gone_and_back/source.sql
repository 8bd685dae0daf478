CREATE TABLE patient (id integer PRIMARY KEY, boss_id integer, last_visit_id text, name text, hidden boolean);
CREATE TABLE visit (id text PRIMARY KEY, patient_id integer);
INSERT INTO patient SELECT n, nullif(n / 2, 0), NULL, 'Patient ' || n, false FROM generate_series(1, 20) AS n;
INSERT INTO visit SELECT 'V' || n, n FROM generate_series(1, 20) AS n;
