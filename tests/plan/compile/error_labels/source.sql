CREATE TABLE thing (id int PRIMARY KEY, state int);
