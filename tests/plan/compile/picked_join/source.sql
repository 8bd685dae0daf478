CREATE TABLE thing (id int PRIMARY KEY);
CREATE TABLE photo (id int PRIMARY KEY, thing_id int, taken_at date, title text);
CREATE TABLE owner (thing_id int, since date);
