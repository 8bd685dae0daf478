CREATE TABLE remarks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_table text NOT NULL DEFAULT 'app', legacy_id integer, text text,
  about uuid REFERENCES remarks ON DELETE CASCADE, archived boolean NOT NULL DEFAULT false, UNIQUE (legacy_table, legacy_id)
);
CREATE TABLE pins (id integer PRIMARY KEY, remark_id uuid REFERENCES remarks ON DELETE CASCADE);
CREATE TABLE places (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE);
-- The application's own rows.
INSERT INTO remarks (text) VALUES ('own'), ('own, too');
INSERT INTO places (name) VALUES ('own');
