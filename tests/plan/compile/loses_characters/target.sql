CREATE EXTENSION citext;
CREATE TABLE things (
  id uuid PRIMARY KEY, short varchar(10), fits varchar(5), fixed char(3), padded text, letter "char", sign "char",
  word citext UNIQUE, number varchar(4));
