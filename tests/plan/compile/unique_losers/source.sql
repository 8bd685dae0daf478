CREATE TABLE "user" (id int PRIMARY KEY, name text);
CREATE TABLE person (
  id int PRIMARY KEY, email text, code text UNIQUE, name text, city text, word varchar(10) UNIQUE, day date, user_id int,
  seat text UNIQUE);
