-- The new database: enums, CHECKs, unique legacy ids, triggers and row-level security, as the
-- application that took over from Django has them.

CREATE TYPE profile_type AS ENUM
  ('patient', 'doctor', 'technician', 'master', 'sales_person', 'agent', 'client');
CREATE TYPE gender_type AS ENUM ('male', 'female', 'other', 'unknown');
CREATE TYPE patient_status AS ENUM
  ('active', 'consultation', 'treatment_plan', 'in_treatment', 'retention', 'completed', 'on_hold',
   'cancelled', 'transferred', 'archived', 'prospect');
CREATE TYPE order_status AS ENUM
  ('no_product', 'submitted', 'approved', 'in_production', 'shipped', 'add_plan', 'on_hold',
   'cancelled');
CREATE TYPE course_type AS ENUM
  ('main', 'refinement', 'any', 'replacement', 'invoice', 'merchandise');
CREATE TYPE message_type AS ENUM ('support', 'clinical_note', 'notification', 'status_update');

CREATE TABLE offices (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  address text,
  apartment text,
  city text,
  state text,
  zip_code text,
  country text,
  phone text,
  tax_rate numeric(5,4),
  square_customer_id text,
  is_active boolean NOT NULL DEFAULT true,
  email_notifications boolean NOT NULL DEFAULT true,
  legacy_office_id integer UNIQUE,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE profiles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  profile_type profile_type NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text UNIQUE,
  phone text,
  date_of_birth date,
  gender gender_type NOT NULL DEFAULT 'unknown',
  username text UNIQUE,
  password_hash text,
  is_active boolean NOT NULL DEFAULT true,
  is_verified boolean NOT NULL DEFAULT false,
  archived boolean NOT NULL DEFAULT false,
  suspended boolean NOT NULL DEFAULT false,
  patient_suffix varchar(10),
  insurance_info jsonb,
  medical_history jsonb,
  last_login_at timestamptz,
  legacy_user_id integer UNIQUE,
  legacy_patient_id integer UNIQUE,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT email_format
    CHECK (email ~ '^[A-Za-z0-9._%+''-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$'),
  CONSTRAINT patient_suffix_required
    CHECK (profile_type <> 'patient' OR coalesce(patient_suffix, '') <> '')
);

CREATE TABLE doctors (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  profile_id uuid NOT NULL UNIQUE REFERENCES profiles,
  doctor_number text NOT NULL UNIQUE,
  license_number text,
  specialty text NOT NULL,
  primary_office_id uuid REFERENCES offices,
  status text NOT NULL CHECK (status IN ('active', 'inactive')),
  is_accepting_patients boolean NOT NULL DEFAULT true,
  joined_practice_at timestamptz,
  legacy_user_id integer UNIQUE,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX doctors_primary_office_id ON doctors (primary_office_id);

CREATE TABLE patients (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  profile_id uuid NOT NULL UNIQUE REFERENCES profiles,
  patient_number text NOT NULL UNIQUE,
  suffix varchar(4),
  sex gender_type NOT NULL,
  date_of_birth date,
  primary_doctor_id uuid REFERENCES doctors,
  assigned_office_id uuid REFERENCES offices,
  status patient_status NOT NULL,
  archived boolean NOT NULL DEFAULT false,
  suspended boolean NOT NULL DEFAULT false,
  insurance_info jsonb,
  schemes jsonb,
  enrolled_at timestamptz,
  legacy_patient_id integer UNIQUE,
  legacy_user_id integer UNIQUE,
  legacy_doctor_id integer,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX patients_primary_doctor_id ON patients (primary_doctor_id);
CREATE INDEX patients_assigned_office_id ON patients (assigned_office_id);

CREATE TABLE orders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_number text NOT NULL UNIQUE,
  patient_id uuid NOT NULL REFERENCES patients,
  doctor_id uuid NOT NULL REFERENCES doctors,
  office_id uuid REFERENCES offices,
  course_type course_type NOT NULL,
  status order_status NOT NULL,
  notes text,
  complaint text,
  amount numeric(10,2) CHECK (amount >= 0),
  submitted_at timestamptz,
  approved_at timestamptz,
  shipped_at timestamptz,
  deleted boolean NOT NULL DEFAULT false,
  deleted_at timestamptz,
  exports jsonb,
  suffix varchar(10),
  legacy_instruction_id integer UNIQUE,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_patient_id ON orders (patient_id);
CREATE INDEX orders_doctor_id ON orders (doctor_id);
CREATE INDEX orders_office_id ON orders (office_id);

CREATE TABLE messages (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  message_type message_type NOT NULL,
  title text NOT NULL,
  subject text,
  content text NOT NULL,
  sender_id uuid REFERENCES profiles,
  recipient_type text NOT NULL CHECK (recipient_type IN ('patient', 'user')),
  recipient_id uuid NOT NULL,
  is_read boolean NOT NULL DEFAULT false,
  legacy_record_id integer,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX messages_sender_id ON messages (sender_id);
CREATE INDEX messages_recipient_id ON messages (recipient_id);

CREATE TABLE files (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  file_uid text NOT NULL UNIQUE,
  order_id uuid REFERENCES orders,
  uploaded_by uuid REFERENCES profiles,
  filename text NOT NULL,
  file_type text,
  file_size_bytes bigint CHECK (file_size_bytes >= 0),
  mime_type text,
  storage_path text,
  checksum text,
  uploaded_at timestamptz NOT NULL CHECK (isfinite(uploaded_at)),
  legacy_file_id integer UNIQUE,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX files_order_id ON files (order_id);
CREATE INDEX files_uploaded_by ON files (uploaded_by);

CREATE TABLE message_attachments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
  file_id uuid NOT NULL REFERENCES files ON DELETE CASCADE,
  attachment_type text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (message_id, file_id)
);
CREATE INDEX message_attachments_file_id ON message_attachments (file_id);
-- Row-level security without a policy: only its owner and roles with BYPASSRLS see rows.
ALTER TABLE message_attachments ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;

CREATE TRIGGER set_updated_at BEFORE UPDATE ON offices
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON profiles
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON doctors
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON patients
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON files
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- Table names are unqualified on purpose, as in the real trigger: it works only under the
-- application's own search_path.
CREATE FUNCTION validate_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM patients WHERE id = NEW.patient_id) THEN
    RAISE EXCEPTION 'order % names a patient that does not exist', NEW.order_number
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM doctors WHERE id = NEW.doctor_id) THEN
    RAISE EXCEPTION 'order % names a doctor that does not exist', NEW.order_number
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER validate_orders BEFORE INSERT OR UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION validate_orders();
