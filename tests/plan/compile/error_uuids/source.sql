CREATE TABLE thing (id int PRIMARY KEY, made timestamptz, naive timestamp);
