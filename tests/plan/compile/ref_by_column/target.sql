CREATE TABLE countries (id uuid PRIMARY KEY, code varchar(3) UNIQUE);
CREATE TABLE lines (order_number int, number int, country_code varchar(3) NOT NULL REFERENCES countries (code), PRIMARY KEY (order_number, number));
CREATE TABLE discounts (id uuid PRIMARY KEY, order_number int, line_number int, FOREIGN KEY (order_number, line_number) REFERENCES lines);
