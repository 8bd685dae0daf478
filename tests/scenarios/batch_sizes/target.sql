CREATE TABLE offices (id uuid PRIMARY KEY, code text UNIQUE, name text);
CREATE TABLE items (
  id uuid PRIMARY KEY,
  legacy_id integer UNIQUE,
  office_id uuid REFERENCES offices,
  rank text UNIQUE,
  name text CONSTRAINT name_is_short CHECK (length(name) < 68),
  price numeric,
  body text
);
-- What became of the rows under each setting.
CREATE TABLE digest (setting text, offices text, items text, ledger text, quarantine text);
