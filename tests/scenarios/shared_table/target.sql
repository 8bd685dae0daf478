CREATE TYPE origin AS ENUM ('comment', 'note', 'app');
CREATE TABLE remarks (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_table origin NOT NULL DEFAULT 'app', legacy_id integer, text text, UNIQUE (legacy_table, legacy_id));
CREATE TABLE replies (id uuid PRIMARY KEY, remark_id uuid NOT NULL REFERENCES remarks);
CREATE TABLE places (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, legacy_clinic integer UNIQUE, legacy_lab integer UNIQUE, name text);
-- The application's own rows, and one that pretends to be a note.
INSERT INTO remarks (text) VALUES ('own'), ('own, too');
INSERT INTO remarks (legacy_table, legacy_id, text) VALUES ('note', 99, 'nobody knows'), ('note', NULL, 'an own note');
INSERT INTO places (name) VALUES ('own');
