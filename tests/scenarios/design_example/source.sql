CREATE TABLE auth_user (id integer PRIMARY KEY, name text, is_doctor boolean NOT NULL);
CREATE TABLE dispatch_office (id integer PRIMARY KEY, name text);
CREATE TABLE dispatch_patient (id integer PRIMARY KEY, doctor_id integer, office_id integer, suffix text);
CREATE TABLE dispatch_instruction (
  id integer PRIMARY KEY,
  patient_id integer,
  status integer,
  price numeric(10,2),
  exports text,
  deleted boolean,
  public boolean
);
CREATE TABLE dispatch_record (id integer PRIMARY KEY, target_type_id integer, target_id integer, text text);
INSERT INTO auth_user VALUES (1, 'Dr. Adams', true), (2, 'Brown', false), (3, 'Dr. Clark', true);
INSERT INTO dispatch_office VALUES (1, 'North');
INSERT INTO dispatch_patient VALUES
  (10, 1, 1, 'A'), (11, 3, NULL, 'B'), (12, 2, 1, 'of someone who is no doctor'), (13, 1, 9, 'of an office that does not exist');
INSERT INTO dispatch_instruction VALUES
  (100, 10, 0, 12.50, '{"files": [1, 2]}', false, true),
  (101, 11, 4, 99.00, '', NULL, false),
  (102, 10, 3, 1.00, NULL, false, true),
  (103, 10, 1, 1.00, '{broken', false, true),
  (104, 77, 1, 1.00, NULL, false, true),
  (105, 10, 1, 1.00, NULL, true, true),
  (106, 12, 2, 1.00, NULL, false, true),
  (107, 13, 2, NULL, NULL, false, true);
INSERT INTO dispatch_record VALUES
  (1, 11, 10, E'\n  Hello patient\nmore'), (2, 58, 2, repeat('long ', 30)), (3, 15, 1, 'to nobody we know'), (4, 58, 99, 'to a user who is gone'), (5, 58, 1, NULL);
