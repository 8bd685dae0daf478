CREATE TABLE stores (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, legacy_id integer UNIQUE, manager_id uuid NOT NULL UNIQUE, name text NOT NULL CONSTRAINT has_name CHECK (name <> ''), city text);
CREATE TABLE employees (id uuid PRIMARY KEY, legacy_id integer UNIQUE, store_id bigint NOT NULL REFERENCES stores, boss_id uuid NOT NULL REFERENCES employees, friend_id uuid REFERENCES employees, name text NOT NULL);
ALTER TABLE stores ADD FOREIGN KEY (manager_id) REFERENCES employees DEFERRABLE INITIALLY IMMEDIATE;
CREATE TABLE folders (path text PRIMARY KEY, parent text NOT NULL REFERENCES folders);
CREATE TABLE visits (id uuid PRIMARY KEY, store_id bigint NOT NULL REFERENCES stores, employee_id uuid NOT NULL REFERENCES employees);
