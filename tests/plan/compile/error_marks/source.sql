CREATE TABLE patient (id integer PRIMARY KEY, name text, seen boolean);
