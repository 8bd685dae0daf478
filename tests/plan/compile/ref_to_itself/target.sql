CREATE TABLE nodes (
  id uuid PRIMARY KEY, legacy_id int, parent_id uuid REFERENCES nodes, code text NOT NULL UNIQUE,
  parent_code text REFERENCES nodes (code));
