CREATE TABLE "People; -- ""x""" (
  "Key" uuid PRIMARY KEY,
  "Legacy Id" integer UNIQUE,
  "from" text,
  "it's" text,
  "back\slash" text,
  "a_name_of_63_bytes_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" text,
  "ünï 💥" text,
  "{brace}" bytea,
  "$1" text[],
  CONSTRAINT "a 'hostile' ""constraint""" CHECK ("from" <> 'refuse me')
);
