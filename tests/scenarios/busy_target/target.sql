CREATE TABLE people (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer UNIQUE, name text);
INSERT INTO people (name) VALUES ('born in the application'), ('born there, too');
