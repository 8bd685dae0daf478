-- The legacy tables that the mappings of this folder get wrong. Data stays empty but for what a check must ask.
CREATE TABLE auth_user (id integer PRIMARY KEY, email text);
CREATE TABLE dispatch_doctorsetting (id integer PRIMARY KEY, user_id integer UNIQUE REFERENCES auth_user, bio text);
CREATE TABLE dispatch_office (id integer PRIMARY KEY, active boolean NOT NULL, name text);
CREATE TABLE dispatch_instruction (
  id integer PRIMARY KEY,
  user_id integer,
  office_id integer,
  status integer,
  price numeric(10,2),
  submitted_ms bigint
);
INSERT INTO auth_user VALUES (1, 'a@example.org');
INSERT INTO dispatch_office VALUES (1, true, 'Here'), (2, false, 'Gone');
INSERT INTO dispatch_instruction VALUES
  (1, 1, 1, 0, 10, 1700000000000), (2, 1, 2, 1, 20, NULL), (3, 1, 1, 3, 30, NULL),
  (4, 1, 1, 3, 30, NULL), (5, 1, 1, 7, 30, NULL), (6, 1, 1, NULL, 30, NULL);
