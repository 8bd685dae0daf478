CREATE TABLE thing (id int PRIMARY KEY, name text, tags text[], tag text);
CREATE TABLE other (id int PRIMARY KEY, name text, tags text[]);
