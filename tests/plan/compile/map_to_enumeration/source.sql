CREATE TYPE mood AS ENUM ('new', 'old', 'odd');
CREATE TABLE thing (id int PRIMARY KEY, state smallint, flag bool NOT NULL, mood mood);
