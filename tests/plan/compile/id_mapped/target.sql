CREATE TABLE countries (code char(2) PRIMARY KEY, name text);
CREATE TABLE cities (id int PRIMARY KEY, country char(2) REFERENCES countries);
