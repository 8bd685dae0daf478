CREATE TABLE things (id int, tag text, name text, PRIMARY KEY (id, tag));
CREATE TABLE others (id int, id2 int, tag text, tag2 int, name text, PRIMARY KEY (id, tag));
