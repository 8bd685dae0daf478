-- Comments and notes, each counted from 1, that the new schema keeps in one table; and clinics and labs in another, without anything that tells them apart.
CREATE TABLE comment (id integer PRIMARY KEY, text text, about integer);
CREATE TABLE note (id integer PRIMARY KEY, text text, about integer);
CREATE TABLE clinic (id integer PRIMARY KEY, name text);
CREATE TABLE lab (id integer PRIMARY KEY, name text);
INSERT INTO comment SELECT n, 'Comment ' || n, nullif(n - 1, 0) FROM generate_series(1, 20) AS n;
INSERT INTO note SELECT n, 'Note ' || n, n FROM generate_series(1, 20) AS n;
UPDATE note SET about = NULL WHERE id IN (1, 6, 7, 8, 9);
UPDATE comment SET about = NULL WHERE id = 2;
INSERT INTO clinic SELECT n, 'Clinic ' || n FROM generate_series(1, 8) AS n;
INSERT INTO lab SELECT n, 'Lab ' || n FROM generate_series(1, 5) AS n;
