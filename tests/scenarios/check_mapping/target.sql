CREATE TABLE profiles (id uuid PRIMARY KEY, legacy_user_id integer UNIQUE, email text, first_name text NOT NULL);
CREATE TABLE doctors (id uuid PRIMARY KEY, legacy_user_id integer UNIQUE, bio text);
CREATE TABLE offices (id uuid PRIMARY KEY, legacy_office_id integer UNIQUE, name text);
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  legacy_instruction_id integer UNIQUE,
  doctor_id uuid REFERENCES doctors,
  office_id uuid REFERENCES offices,
  status text,
  amount numeric(10,2),
  submitted_at timestamptz
);
CREATE TABLE papers (id uuid PRIMARY KEY, legacy_id integer UNIQUE, kind text NOT NULL, body jsonb NOT NULL);
CREATE TABLE notes (id uuid PRIMARY KEY, legacy_id integer UNIQUE, above uuid REFERENCES notes);
