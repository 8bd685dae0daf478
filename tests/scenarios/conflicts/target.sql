CREATE TABLE people (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer UNIQUE, name text, city text, phone text);
