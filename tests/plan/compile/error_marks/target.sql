CREATE TABLE patients (
  id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text, seen boolean, archived boolean, stage text NOT NULL DEFAULT 'open', history jsonb, closed_at timestamptz,
  number integer GENERATED ALWAYS AS IDENTITY, total integer GENERATED ALWAYS AS (1) STORED
);
