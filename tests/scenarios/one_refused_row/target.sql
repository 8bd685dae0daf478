CREATE TABLE countries (code text PRIMARY KEY);
INSERT INTO countries VALUES ('DE'), ('US');
CREATE TABLE patients (
  id uuid PRIMARY KEY,
  legacy_id integer UNIQUE,
  email text,
  age integer CONSTRAINT age_is_human CHECK (age BETWEEN 0 AND 150),
  country text CONSTRAINT country_is_known REFERENCES countries,
  suffix text
);
-- On lower(), which no catalog shows as a plain unique column.
CREATE UNIQUE INDEX email_is_unique ON patients (lower(email));
CREATE FUNCTION refuse_suffix() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.suffix = 'bad' THEN RAISE EXCEPTION 'suffix % is not wanted', NEW.suffix; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER patients_suffix BEFORE INSERT ON patients FOR EACH ROW EXECUTE FUNCTION refuse_suffix();
