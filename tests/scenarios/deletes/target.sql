CREATE TABLE clinics (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text NOT NULL);
CREATE TABLE patients (
  id uuid PRIMARY KEY, legacy_id integer UNIQUE, clinic_id uuid REFERENCES clinics, boss_id uuid REFERENCES patients ON DELETE SET NULL,
  last_visit_id uuid, name text, email text UNIQUE
);
CREATE TABLE visits (id uuid PRIMARY KEY, legacy_id integer UNIQUE, patient_id uuid NOT NULL REFERENCES patients ON DELETE CASCADE, note text);
ALTER TABLE patients ADD FOREIGN KEY (last_visit_id) REFERENCES visits;
-- The application's own, in two schemas; whatever they say about ON DELETE, their rows keep ours.
CREATE TABLE invoices (id integer PRIMARY KEY, patient_id uuid REFERENCES patients ON DELETE CASCADE);
CREATE SCHEMA billing;
CREATE TABLE billing.accounts (number text PRIMARY KEY, clinic_id uuid REFERENCES clinics ON DELETE SET NULL);
