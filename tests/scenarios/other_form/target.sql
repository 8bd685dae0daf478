CREATE TABLE people (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id bigint UNIQUE, name text);
CREATE TABLE people_of_another (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id bigint UNIQUE, name text);
