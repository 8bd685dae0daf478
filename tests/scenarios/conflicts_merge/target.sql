CREATE TABLE clubs (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text);
CREATE TABLE people (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer UNIQUE, name text, city text, phone text, amount numeric(12,2),
  boss_id uuid REFERENCES people, club_id uuid REFERENCES clubs, archived boolean
);
-- 16 was there before, and is not what the source makes of it.
INSERT INTO people (id, legacy_id, name, city, phone, amount) VALUES (md5('16')::uuid, 16, 'Person 16', 'Elsewhere', '555-16', 16);
