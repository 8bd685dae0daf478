CREATE TABLE thing (id integer PRIMARY KEY, name text, changed timestamp, revision smallint, modified date);
