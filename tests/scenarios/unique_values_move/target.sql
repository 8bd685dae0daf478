-- A badge may be exchanged, because its constraint can wait; an address may only move to where it is free.
CREATE TABLE people (
  id uuid PRIMARY KEY, legacy_id integer UNIQUE, email text UNIQUE, badge integer CONSTRAINT one_badge UNIQUE DEFERRABLE, note text
);
