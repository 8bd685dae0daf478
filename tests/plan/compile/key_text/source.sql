CREATE TABLE thing (id varchar(20) PRIMARY KEY, name text);
CREATE TABLE child (id int PRIMARY KEY, thing_id varchar(20));
