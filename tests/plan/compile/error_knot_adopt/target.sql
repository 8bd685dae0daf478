CREATE TABLE employees (id uuid PRIMARY KEY, legacy_id int UNIQUE, store_id uuid NOT NULL, name text);
CREATE TABLE stores (id uuid PRIMARY KEY, manager_id uuid NOT NULL REFERENCES employees, name text UNIQUE);
ALTER TABLE employees ADD FOREIGN KEY (store_id) REFERENCES stores DEFERRABLE;
CREATE TABLE folders (id uuid PRIMARY KEY, parent_id uuid NOT NULL REFERENCES folders, name text UNIQUE);
