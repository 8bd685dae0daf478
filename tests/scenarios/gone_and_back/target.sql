CREATE TABLE patients (id uuid PRIMARY KEY, legacy_id integer UNIQUE, boss_id uuid, last_visit_id uuid, name text);
CREATE TABLE visits (id uuid PRIMARY KEY, legacy_id text UNIQUE, patient_id uuid REFERENCES patients);
ALTER TABLE patients ADD FOREIGN KEY (boss_id) REFERENCES patients;
ALTER TABLE patients ADD FOREIGN KEY (last_visit_id) REFERENCES visits;
