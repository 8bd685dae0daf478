CREATE TABLE invoice (id int PRIMARY KEY, name text, note text, lines jsonb, tags text[]);
CREATE TABLE product (sku text PRIMARY KEY, name text);
