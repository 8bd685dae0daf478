CREATE TABLE thing (id int PRIMARY KEY, name text, deleted bool, state text, made date);
