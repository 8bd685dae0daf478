CREATE TABLE thing (id int PRIMARY KEY, name text);
CREATE TABLE word (id int PRIMARY KEY, tags text[], text text);
