CREATE TABLE thing (id int PRIMARY KEY, name text, code varchar(3), padded char(5), sign "char");
