-- The program reads back what the target stores of a numeric with a scale, and behind a trigger.
CREATE TABLE rates (day date PRIMARY KEY, rate numeric(14,8));
CREATE TABLE points (at timestamptz, number numeric, note text, PRIMARY KEY (number, at));
CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := upper(NEW.note); RETURN NEW; END $$;
CREATE TRIGGER shout BEFORE INSERT ON points FOR EACH ROW EXECUTE FUNCTION shout();
