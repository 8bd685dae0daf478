CREATE TABLE person (id int PRIMARY KEY, name text);
CREATE TABLE ordering (id int PRIMARY KEY, doctor_id int);
