CREATE TABLE product (id int PRIMARY KEY, code text UNIQUE, name text, draft boolean NOT NULL);
CREATE TABLE shelf (hall int NOT NULL, number int, product_code text, UNIQUE (hall, number));
