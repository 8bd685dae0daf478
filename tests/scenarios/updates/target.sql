CREATE TYPE stage AS ENUM ('new', 'seen', 'done');
CREATE DOMAIN amount AS numeric(10,2) CHECK (VALUE >= 0);
CREATE TABLE clinics (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text NOT NULL);
CREATE TABLE patients (
  id uuid PRIMARY KEY, legacy_id integer UNIQUE, clinic_id uuid REFERENCES clinics, name varchar(40), short char(5), born date,
  seen timestamptz, weight numeric, price amount, count integer, big bigint, ratio double precision, flag boolean, tags text[],
  raw bytea, notes json, facts jsonb, stage stage, phone text, boss_id uuid REFERENCES patients, metadata jsonb, touched integer NOT NULL DEFAULT 0
);
-- Counts how often a row was updated: what has not changed is not written.
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.touched := OLD.touched + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON patients FOR EACH ROW EXECUTE FUNCTION touch();
