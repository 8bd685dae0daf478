CREATE TABLE clinics (id uuid PRIMARY KEY, legacy_id integer UNIQUE, code text);
CREATE TABLE patients (id uuid PRIMARY KEY, legacy_id integer UNIQUE, clinic_id uuid NOT NULL REFERENCES clinics, email text UNIQUE);
