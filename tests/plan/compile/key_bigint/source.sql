CREATE TABLE thing (id bigint PRIMARY KEY, name text);
CREATE TABLE child (id int PRIMARY KEY, thing_id bigint);
