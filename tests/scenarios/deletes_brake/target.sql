CREATE TABLE clinics (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text NOT NULL);
CREATE TABLE patients (id uuid PRIMARY KEY, legacy_id integer UNIQUE, clinic_id uuid NOT NULL REFERENCES clinics, name text, archived boolean);
