CREATE TYPE stage AS ENUM ('open', 'closed');
CREATE TABLE patients (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text, stage stage, rank integer, initials varchar(3));
CREATE TABLE invoices (id integer PRIMARY KEY, patient_id uuid REFERENCES patients ON DELETE CASCADE);
CREATE SCHEMA billing;
CREATE TABLE billing.accounts (id integer PRIMARY KEY, patient_id uuid REFERENCES patients);
CREATE SCHEMA secret;
CREATE TABLE secret.notes (id integer PRIMARY KEY, patient_id uuid REFERENCES patients);
ALTER TABLE secret.notes ENABLE ROW LEVEL SECURITY;
