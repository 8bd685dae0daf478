CREATE TABLE thing (id int PRIMARY KEY, name text);
CREATE TABLE part (id int PRIMARY KEY, thing_id int, name text);
