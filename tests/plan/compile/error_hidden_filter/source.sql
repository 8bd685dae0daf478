CREATE TABLE kind (id int PRIMARY KEY, name text, hidden bool, parent_id int);
CREATE TABLE thing (id int PRIMARY KEY, kind_id int, flag bool);
