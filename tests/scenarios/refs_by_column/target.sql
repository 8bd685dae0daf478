CREATE TABLE countries (id uuid PRIMARY KEY, legacy_id integer UNIQUE, code varchar(3) UNIQUE);
CREATE TABLE lines (order_number integer, number integer, country varchar(3) REFERENCES countries (code), PRIMARY KEY (order_number, number));
CREATE TABLE discounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, legacy_id integer UNIQUE, order_number integer, line_number integer, percent integer,
  FOREIGN KEY (order_number, line_number) REFERENCES lines ON UPDATE CASCADE);
CREATE TABLE regions (id uuid PRIMARY KEY, legacy_id integer UNIQUE, code text UNIQUE, parent_code text REFERENCES regions (code));
