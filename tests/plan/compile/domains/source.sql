CREATE DOMAIN percent AS numeric(7,4);
CREATE TABLE thing (id int PRIMARY KEY, email text, rate percent, code text);
