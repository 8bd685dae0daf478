-- After a row is inserted, a trigger writes into it.
CREATE TABLE slugs (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text, slug text);
CREATE FUNCTION make_slug() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE slugs SET slug = lower(name) WHERE id = NEW.id; RETURN NULL; END $$;
CREATE TRIGGER make_slug AFTER INSERT ON slugs FOR EACH ROW EXECUTE FUNCTION make_slug();
-- Only one of the partitions has a trigger.
CREATE TABLE parts (id integer PRIMARY KEY, name text, slug text) PARTITION BY RANGE (id);
CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (4);
CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM (4) TO (100);
CREATE FUNCTION set_slug() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.slug := lower(NEW.name); RETURN NEW; END $$;
CREATE TRIGGER set_slug BEFORE INSERT OR UPDATE ON parts_high FOR EACH ROW EXECUTE FUNCTION set_slug();
-- A row that is written gets another key.
CREATE TABLE other_keys (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text);
CREATE FUNCTION change_key() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := gen_random_uuid(); RETURN NEW; END $$;
CREATE TRIGGER change_key BEFORE UPDATE ON other_keys FOR EACH ROW EXECUTE FUNCTION change_key();
