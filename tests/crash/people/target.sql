CREATE TABLE offices (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text NOT NULL);

CREATE TABLE people (
  id uuid PRIMARY KEY,
  legacy_id integer UNIQUE,
  name text NOT NULL,
  role text NOT NULL,
  weight integer CHECK (weight > 0),
  boss_id uuid REFERENCES people
);
CREATE FUNCTION refuse_x() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.name LIKE 'X%' THEN RAISE EXCEPTION 'no X here'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_x BEFORE INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION refuse_x();

CREATE TABLE notes (
  id uuid PRIMARY KEY,
  code text UNIQUE,
  person_id uuid NOT NULL REFERENCES people,
  office_id uuid REFERENCES offices,
  words text,
  archived boolean,
  share integer
);
