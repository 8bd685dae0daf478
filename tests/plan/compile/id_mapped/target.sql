CREATE TABLE countries (code varchar(2) PRIMARY KEY, name text);
CREATE TABLE cities (id int PRIMARY KEY, country varchar(2) REFERENCES countries);
