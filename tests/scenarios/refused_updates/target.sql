CREATE TABLE clinics (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text);
CREATE TABLE patients (
  id serial PRIMARY KEY, legacy_id integer UNIQUE, clinic_id uuid NOT NULL REFERENCES clinics, name varchar(12) NOT NULL,
  age integer CONSTRAINT age_is_possible CHECK (age < 150), kind text, born integer
);
CREATE FUNCTION refuse_x() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.name LIKE 'X%' THEN RAISE EXCEPTION 'no X here'; END IF;
  IF NEW.name LIKE 'Y%' THEN RETURN NULL; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_x BEFORE UPDATE ON patients FOR EACH ROW EXECUTE FUNCTION refuse_x();
