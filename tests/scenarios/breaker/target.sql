CREATE TABLE items (id uuid PRIMARY KEY, legacy_id integer UNIQUE, price integer CONSTRAINT price_is_negative CHECK (price < 0));
CREATE TABLE notes (id uuid PRIMARY KEY, legacy_id integer UNIQUE, price integer);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no notes today'; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION refuse();
