CREATE TABLE thing (id integer PRIMARY KEY, name text, changed timestamp, modified timestamptz, day date);
