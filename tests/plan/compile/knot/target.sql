CREATE TABLE cities (id uuid PRIMARY KEY, name text);
CREATE TABLE employees (id uuid PRIMARY KEY, store_id uuid NOT NULL, boss_id uuid NOT NULL REFERENCES employees, friend_id uuid REFERENCES employees);
CREATE TABLE stores (id uuid PRIMARY KEY, manager_id uuid NOT NULL REFERENCES employees, city_id uuid NOT NULL REFERENCES cities);
ALTER TABLE employees ADD FOREIGN KEY (store_id) REFERENCES stores DEFERRABLE;
CREATE TABLE folders (id uuid PRIMARY KEY, parent_id uuid NOT NULL REFERENCES folders);
CREATE TABLE visits (id uuid PRIMARY KEY, store_id uuid NOT NULL REFERENCES stores);
