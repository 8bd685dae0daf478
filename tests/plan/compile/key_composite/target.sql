CREATE TABLE lines (order_number int, id int, name text, PRIMARY KEY (order_number, id));
CREATE TABLE labels (id uuid PRIMARY KEY, lang char(2), text text);
CREATE TABLE notes (id uuid PRIMARY KEY, line_id int, text text);
