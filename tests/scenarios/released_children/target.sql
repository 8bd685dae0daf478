CREATE TABLE offices (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text);
CREATE TABLE patients (
  id uuid PRIMARY KEY,
  legacy_id integer UNIQUE,
  office_id uuid REFERENCES offices,
  email text CONSTRAINT email_has_an_at CHECK (email LIKE '%@%')
);
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  legacy_id integer UNIQUE,
  patient_id uuid NOT NULL REFERENCES patients,
  reviewer_id uuid REFERENCES patients,
  note text
);
CREATE TABLE remarks (id uuid PRIMARY KEY, legacy_id integer UNIQUE, order_id uuid NOT NULL REFERENCES orders, text text);
