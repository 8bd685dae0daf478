CREATE TYPE stage AS ENUM ('open', 'closed');
CREATE TABLE patients (id uuid PRIMARY KEY, legacy_id integer UNIQUE, last_visit_id uuid, boss_id uuid REFERENCES patients, UNIQUE (id, legacy_id));
CREATE TABLE visits (id uuid PRIMARY KEY, legacy_patient_id integer, legacy_number integer, patient_id uuid NOT NULL REFERENCES patients ON DELETE CASCADE, note text);
ALTER TABLE patients ADD FOREIGN KEY (last_visit_id) REFERENCES visits;
CREATE TABLE notes (id uuid PRIMARY KEY, words text, archived boolean NOT NULL DEFAULT false, archived_at timestamptz, stage stage NOT NULL DEFAULT 'open');
CREATE TABLE "Invoice lines" ("Order" integer, line integer, "Patient" uuid, legacy integer,
  FOREIGN KEY ("Patient", legacy) REFERENCES patients (id, legacy_id) ON DELETE CASCADE, PRIMARY KEY ("Order", line));
CREATE SCHEMA billing;
CREATE TABLE billing.accounts (patient_id uuid REFERENCES patients ON DELETE SET NULL);
CREATE TABLE parts (id integer, visit_id uuid REFERENCES visits) PARTITION BY LIST (id);
CREATE TABLE part_one PARTITION OF parts FOR VALUES IN (1);
