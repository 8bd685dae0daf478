-- The legacy database of the twin: what a Django application leaves behind. No foreign keys are
-- declared here; source_foreign_keys.sql holds the variant that has them.
-- dental-twin runs the part above the mark, loads, then runs the part below it.

CREATE TABLE auth_user (
  id serial PRIMARY KEY,
  password varchar(128) NOT NULL,
  last_login timestamptz,
  is_superuser boolean NOT NULL,
  username varchar(150) NOT NULL UNIQUE,
  first_name varchar(150) NOT NULL,
  last_name varchar(150) NOT NULL,
  email varchar(254) NOT NULL,
  is_staff boolean NOT NULL,
  is_active boolean NOT NULL,
  date_joined timestamptz NOT NULL
);

CREATE TABLE auth_group (
  id serial PRIMARY KEY,
  name varchar(150) NOT NULL UNIQUE
);

CREATE TABLE auth_user_groups (
  id serial PRIMARY KEY,
  user_id integer NOT NULL,
  group_id integer NOT NULL,
  UNIQUE (user_id, group_id)
);

CREATE TABLE django_content_type (
  id serial PRIMARY KEY,
  app_label varchar(100) NOT NULL,
  model varchar(100) NOT NULL,
  UNIQUE (app_label, model)
);

CREATE TABLE dispatch_office (
  id serial PRIMARY KEY,
  name varchar(255) NOT NULL,
  address varchar(255),
  apt varchar(64),
  city varchar(128),
  state varchar(64),
  zip varchar(16),
  country varchar(64),
  phone varchar(32),
  tax_rate numeric(10,4),
  valid boolean NOT NULL,
  sq_customer_id varchar(64),
  emails boolean NOT NULL
);

CREATE TABLE dispatch_office_doctors (
  id serial PRIMARY KEY,
  office_id integer NOT NULL,
  user_id integer NOT NULL,
  UNIQUE (office_id, user_id)
);

CREATE TABLE dispatch_doctorsetting (
  id serial PRIMARY KEY,
  user_id integer NOT NULL UNIQUE,
  clinical_preferences text NOT NULL,
  sq_customer_id varchar(64),
  promised_payment boolean NOT NULL,
  credit numeric(10,2) NOT NULL,
  tier_finish date,
  tier_type integer,
  installment_payments boolean NOT NULL,
  baa_agreed_at timestamptz,
  eula_agreed_at timestamptz,
  company_account boolean NOT NULL
);

CREATE TABLE dispatch_course (
  id serial PRIMARY KEY,
  name varchar(128) NOT NULL,
  type integer NOT NULL,
  customization text NOT NULL
);

CREATE TABLE dispatch_patient (
  id serial PRIMARY KEY,
  user_id integer NOT NULL UNIQUE,
  doctor_id integer,
  office_id integer,
  birthdate date,
  sex integer,
  suffix varchar(10),
  archived boolean NOT NULL,
  suspended boolean NOT NULL,
  status integer,
  schemes text NOT NULL,
  submitted_at timestamp without time zone,
  updated_at timestamptz
);

CREATE TABLE dispatch_instruction (
  id serial PRIMARY KEY,
  patient_id integer NOT NULL,
  course_id integer NOT NULL,
  status integer NOT NULL,
  deleted boolean NOT NULL,
  suffix varchar(10) NOT NULL,
  "order" integer NOT NULL,
  submitted_at timestamptz,
  updated_at timestamptz,
  notes text,
  complaint text NOT NULL,
  objective text NOT NULL,
  conditions text NOT NULL,
  price numeric(10,2),
  exports text NOT NULL,
  cbct boolean NOT NULL,
  model integer,
  scanner integer,
  scanner_notes text NOT NULL,
  comprehensive boolean,
  accept_extraction boolean,
  upper_jaw_id integer,
  lower_jaw_id integer
);

CREATE TABLE dispatch_record (
  id serial PRIMARY KEY,
  target_type_id integer,
  target_id integer NOT NULL,
  type integer,
  text text NOT NULL,
  author_id integer,
  group_id integer,
  public boolean,
  created_at timestamptz NOT NULL
);

CREATE TABLE dispatch_file (
  id serial PRIMARY KEY,
  uid varchar(64) NOT NULL,
  name varchar(512),
  ext varchar(16),
  size bigint,
  type integer NOT NULL,
  status integer NOT NULL,
  instruction_id integer,
  record_id integer,
  product_id integer,
  description text,
  parameters text NOT NULL,
  created_at timestamptz NOT NULL
);

-- after the load

CREATE INDEX auth_user_groups_user_id ON auth_user_groups (user_id);
CREATE INDEX auth_user_groups_group_id ON auth_user_groups (group_id);
CREATE INDEX dispatch_office_doctors_office_id ON dispatch_office_doctors (office_id);
CREATE INDEX dispatch_office_doctors_user_id ON dispatch_office_doctors (user_id);
CREATE INDEX dispatch_patient_doctor_id ON dispatch_patient (doctor_id);
CREATE INDEX dispatch_patient_office_id ON dispatch_patient (office_id);
CREATE INDEX dispatch_instruction_patient_id ON dispatch_instruction (patient_id);
CREATE INDEX dispatch_instruction_course_id ON dispatch_instruction (course_id);
CREATE INDEX dispatch_record_target_type_id ON dispatch_record (target_type_id);
CREATE INDEX dispatch_record_author_id ON dispatch_record (author_id);
CREATE INDEX dispatch_file_instruction_id ON dispatch_file (instruction_id);
CREATE INDEX dispatch_file_record_id ON dispatch_file (record_id);
