CREATE TABLE auth_user (id int PRIMARY KEY, username varchar(150) NOT NULL);
CREATE TABLE dispatch_office (id int PRIMARY KEY, name text);
CREATE TABLE dispatch_patient (id int PRIMARY KEY, name text NOT NULL, doctor_id int, office_id int);
CREATE TABLE dispatch_instruction (
  id int PRIMARY KEY, patient_id int NOT NULL, status int, exports text, price numeric(8,2), deleted bool NOT NULL);
CREATE TABLE dispatch_record (id int PRIMARY KEY, text text, target_type_id int, target_id int);
