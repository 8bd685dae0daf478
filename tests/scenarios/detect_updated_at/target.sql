CREATE TABLE visits (id uuid PRIMARY KEY, legacy_id integer UNIQUE, ward text, words text);
CREATE TABLE notes (id uuid PRIMARY KEY, legacy_id integer UNIQUE, words text);
