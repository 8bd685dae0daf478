CREATE TABLE clinics (id serial PRIMARY KEY, legacy_id integer UNIQUE, name text NOT NULL, rooms integer NOT NULL DEFAULT 4);
CREATE TABLE people (
  id uuid PRIMARY KEY, legacy_id integer UNIQUE, clinic_id integer NOT NULL REFERENCES clinics, friend_id uuid REFERENCES people,
  email text UNIQUE, badge integer CONSTRAINT one_badge UNIQUE DEFERRABLE, age integer CHECK (age < 150),
  grown boolean GENERATED ALWAYS AS (age >= 18) STORED, seen integer GENERATED ALWAYS AS IDENTITY
);
-- One of the application's own, and one that a script has left.
INSERT INTO clinics (name) VALUES ('Ours');
INSERT INTO clinics (legacy_id, name) VALUES (2, 'South');
-- What a dry run would have done, had it done anything.
CREATE TABLE alarm (what text);
CREATE FUNCTION ring() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO alarm VALUES (TG_OP); RETURN NULL; END $$;
CREATE TRIGGER ring AFTER INSERT OR UPDATE OR DELETE ON people FOR EACH STATEMENT EXECUTE FUNCTION ring();
CREATE TRIGGER ring AFTER INSERT OR UPDATE OR DELETE ON clinics FOR EACH STATEMENT EXECUTE FUNCTION ring();
