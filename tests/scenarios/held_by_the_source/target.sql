CREATE TABLE items (
  id uuid PRIMARY KEY,
  legacy_id integer UNIQUE,
  email text,
  piece_price numeric(10,2),
  price numeric(10,2),
  kind text,
  settings jsonb,
  name varchar(20) NOT NULL
);
