CREATE TABLE clinic (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE visit (id integer PRIMARY KEY, reason text);
INSERT INTO clinic SELECT n, 'Clinic ' || n FROM generate_series(1, 5) AS n;
INSERT INTO visit SELECT n, 'Reason ' || n FROM generate_series(1, 20) AS n;
