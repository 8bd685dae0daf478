CREATE TABLE kind (id int PRIMARY KEY, label text);
CREATE TABLE thing (id int PRIMARY KEY, kind_id int, name text);
