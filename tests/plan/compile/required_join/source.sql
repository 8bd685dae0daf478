CREATE TABLE kind (name text, id int NOT NULL UNIQUE);
CREATE TABLE thing (id int PRIMARY KEY, kind_id int, name text);
