CREATE TYPE stage AS ENUM ('open', 'closed');
CREATE TABLE patients (
  id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text, archived boolean NOT NULL DEFAULT false, deleted_at timestamptz,
  stage stage NOT NULL DEFAULT 'open', touched integer NOT NULL DEFAULT 0
);
-- The mapping fills archived, and it marks it, too.
CREATE TABLE visits (id uuid PRIMARY KEY, legacy_id integer UNIQUE, patient_id uuid NOT NULL REFERENCES patients, archived boolean, note text);
-- Counts how often a row was written; refuses to mark visit 8.
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.touched := OLD.touched + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON patients FOR EACH ROW EXECUTE FUNCTION touch();
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.note = 'Note 8' AND NEW.archived THEN RAISE EXCEPTION 'visit 8 stays'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON visits FOR EACH ROW EXECUTE FUNCTION refuse();
