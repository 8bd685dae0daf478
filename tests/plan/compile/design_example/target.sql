CREATE TYPE order_status AS ENUM ('no_product', 'submitted', 'approved', 'shipped');
CREATE TABLE patients (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE doctors (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE offices (id uuid PRIMARY KEY, name text);
CREATE TABLE profiles (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
  id uuid PRIMARY KEY, legacy_instruction_id int UNIQUE, order_number text NOT NULL UNIQUE,
  patient_id uuid NOT NULL REFERENCES patients, doctor_id uuid REFERENCES doctors, office_id uuid REFERENCES offices,
  status order_status NOT NULL, exports jsonb, amount numeric(8,2) CHECK (amount >= 0), metadata jsonb);
CREATE TABLE messages (
  id uuid PRIMARY KEY, legacy_record_id int, content text, title varchar(50) NOT NULL, recipient_id uuid);
