CREATE DOMAIN email AS varchar(40) CHECK (VALUE LIKE '%@%');
CREATE DOMAIN rate AS numeric(5,2) NOT NULL;
CREATE DOMAIN low_rate AS rate CHECK (VALUE < 10);
CREATE TYPE switch AS ENUM ('on', 'off');
CREATE DOMAIN state AS switch;
CREATE DOMAIN identifier AS uuid;
CREATE TABLE things (id identifier PRIMARY KEY, email email, rate low_rate, code text, state state);
