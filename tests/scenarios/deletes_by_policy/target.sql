CREATE TABLE patients (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text, archived boolean);
