CREATE TABLE clinic (id integer PRIMARY KEY, code text NOT NULL, name text);
INSERT INTO clinic SELECT n, 'C' || n, 'Clinic ' || n FROM generate_series(1, 10) AS n;
