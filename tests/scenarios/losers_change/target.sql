CREATE TABLE empty_emails (id uuid PRIMARY KEY, legacy_id integer UNIQUE, email text UNIQUE);
CREATE TABLE held_numbers (id uuid PRIMARY KEY, legacy_id integer UNIQUE, number integer UNIQUE);
