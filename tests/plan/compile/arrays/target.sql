CREATE TABLE things (
  id uuid PRIMARY KEY, tags text[], sums numeric(10,2)[], names varchar(5)[], numbers int[], none text[] NOT NULL,
  bits bit(5));
