CREATE TABLE country (id int PRIMARY KEY, code text UNIQUE, name text);
CREATE TABLE city (id int PRIMARY KEY, country_id int);
