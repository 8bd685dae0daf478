CREATE TABLE thing (id int PRIMARY KEY, name text, kind_id int);
CREATE TABLE kind (id int PRIMARY KEY, name text, colour text);
CREATE TABLE part (thing int, length int, weight int);
