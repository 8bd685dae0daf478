CREATE TABLE kind (id int PRIMARY KEY, name text, label text, hidden bool);
CREATE TABLE kind_group (label text, name text);
CREATE TABLE thing (id int PRIMARY KEY, kind_id int, name text, flag bool);
