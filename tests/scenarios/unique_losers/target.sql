CREATE TABLE empty_emails (id uuid PRIMARY KEY, legacy_id integer UNIQUE, email text UNIQUE);
CREATE TABLE held_numbers (id uuid PRIMARY KEY, legacy_id integer UNIQUE, number integer UNIQUE);
-- A value that the application has given away already.
INSERT INTO held_numbers (id, number) VALUES (gen_random_uuid(), 7);
