CREATE TABLE comment (id int PRIMARY KEY, text text);
CREATE TABLE note (id int PRIMARY KEY, text text);
