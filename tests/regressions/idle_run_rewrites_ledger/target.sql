CREATE TABLE items (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text);
