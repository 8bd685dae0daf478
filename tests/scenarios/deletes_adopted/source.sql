CREATE TABLE patient (id integer PRIMARY KEY, name text, hidden boolean);
CREATE TABLE doctor (id integer PRIMARY KEY, name text);
INSERT INTO patient SELECT n, 'Patient ' || n, n = 10 FROM generate_series(1, 10) AS n;
INSERT INTO doctor SELECT n, 'Doctor ' || n FROM generate_series(1, 10) AS n;
