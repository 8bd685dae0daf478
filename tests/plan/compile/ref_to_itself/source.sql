CREATE TABLE node (id int PRIMARY KEY, parent_id int, code text NOT NULL UNIQUE, parent_code text);
