CREATE TABLE patient (id integer PRIMARY KEY, name text, closed boolean);
CREATE TABLE visit (id integer PRIMARY KEY, patient_id integer NOT NULL, hidden boolean, note text);
INSERT INTO patient SELECT n, 'Patient ' || n, false FROM generate_series(1, 12) AS n;
INSERT INTO visit SELECT n, n, false, 'Note ' || n FROM generate_series(1, 12) AS n;
