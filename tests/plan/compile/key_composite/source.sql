CREATE TABLE line (order_id int, id smallint, name text, PRIMARY KEY (order_id, id));
CREATE TABLE label (line_id int, lang text, text text, PRIMARY KEY (lang, line_id));
CREATE TABLE note (id int, line_id int, text text, PRIMARY KEY (line_id, id));   -- no index in the key's order
