CREATE EXTENSION citext;
CREATE TABLE users (id uuid PRIMARY KEY, name text);
CREATE TABLE people (
  id uuid PRIMARY KEY, legacy_id int UNIQUE, email text UNIQUE, code text UNIQUE, name text, city text,
  word citext UNIQUE, day date, user_id uuid UNIQUE REFERENCES users, seat char(4) UNIQUE,
  UNIQUE (city, name), UNIQUE NULLS NOT DISTINCT (day));
CREATE UNIQUE INDEX ON people (lower(name));
CREATE UNIQUE INDEX ON people (name) WHERE city = 'x';
