CREATE TABLE store (id int PRIMARY KEY, manager_id int, name text);
CREATE TABLE staff (id int PRIMARY KEY, store_id int, name text);
CREATE TABLE folder (id int PRIMARY KEY, parent_id int, name text);
