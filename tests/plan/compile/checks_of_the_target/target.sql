CREATE TYPE switch AS ENUM ('on', 'off');
CREATE TABLE nodes (
  id int PRIMARY KEY, ordinal int CHECK (ordinal > 0), refusal int, state switch NOT NULL, parent int REFERENCES nodes,
  note text, CHECK (refusal > ordinal OR state = 'off'), UNIQUE (ordinal, refusal));
ALTER TABLE nodes ADD CHECK (note <> ' NO INHERIT') NO INHERIT NOT VALID;
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER stamp BEFORE INSERT ON nodes FOR EACH ROW EXECUTE FUNCTION stamp();
