CREATE TABLE file (id int PRIMARY KEY, name text, ext text, note text, content text);
