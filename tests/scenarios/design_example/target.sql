CREATE TYPE order_status AS ENUM ('no_product', 'submitted', 'approved', 'shipped');
CREATE TABLE profiles (id uuid PRIMARY KEY, legacy_user_id integer UNIQUE, name text);
CREATE TABLE doctors (id uuid PRIMARY KEY, legacy_user_id integer UNIQUE, name text);
CREATE TABLE offices (id uuid PRIMARY KEY, legacy_office_id integer UNIQUE, name text);
CREATE TABLE patients (id uuid PRIMARY KEY, legacy_patient_id integer UNIQUE, suffix text);
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  legacy_instruction_id integer UNIQUE,
  order_number text NOT NULL UNIQUE,
  patient_id uuid NOT NULL REFERENCES patients,
  doctor_id uuid REFERENCES doctors,
  office_id uuid REFERENCES offices,
  status order_status NOT NULL,
  exports jsonb,
  amount numeric(10,2),
  metadata jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE messages (
  id uuid PRIMARY KEY,
  legacy_record_id integer UNIQUE,
  content text,
  title text NOT NULL,
  recipient_id uuid,
  created_at timestamptz NOT NULL DEFAULT now()
);
