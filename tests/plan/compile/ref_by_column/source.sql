CREATE TABLE country (id int PRIMARY KEY, code text NOT NULL);
CREATE TABLE line (order_id int, number int, country_id int, PRIMARY KEY (order_id, number));
CREATE TABLE discount (id int PRIMARY KEY, order_id int, line int);
