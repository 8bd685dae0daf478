CREATE TABLE patients (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer, name text);
CREATE TABLE doctors (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer, name text);
-- An earlier script has brought these: 1 and 2 as they are, 3 with other words, 4 twice; 10, which is hidden.
INSERT INTO patients (legacy_id, name) VALUES (1, 'Patient 1'), (2, 'Patient 2'), (3, 'Other'), (4, 'Patient 4'), (4, 'Patient 4'), (10, 'Patient 10');
INSERT INTO doctors (legacy_id, name) VALUES (1, 'Doctor 1'), (2, 'Other');
