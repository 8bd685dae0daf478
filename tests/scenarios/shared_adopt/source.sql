-- Comments and notes, each counted from 1; clinics and labs, one of each with the same name.
CREATE TABLE comment (id integer PRIMARY KEY, text text);
CREATE TABLE note (id integer PRIMARY KEY, text text);
CREATE TABLE clinic (id integer PRIMARY KEY, name text, city text);
CREATE TABLE lab (id integer PRIMARY KEY, name text, city text);
INSERT INTO comment SELECT n, 'Comment ' || n FROM generate_series(1, 6) AS n;
INSERT INTO note SELECT n, 'Note ' || n FROM generate_series(1, 6) AS n;
INSERT INTO clinic VALUES (1, 'Clinic', 'here'), (2, 'Both', 'here'), (3, 'New clinic', 'here');
INSERT INTO lab VALUES (1, 'Lab', 'here'), (2, 'Both', 'here'), (3, 'Odd lab', 'here');
