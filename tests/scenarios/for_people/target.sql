CREATE TABLE notes (id uuid PRIMARY KEY, legacy_id integer UNIQUE, body text CHECK (body NOT LIKE 'red%'));
CREATE TABLE lines (id uuid PRIMARY KEY, legacy_order integer, legacy_line integer, title text CHECK (title <> 'bad'));
CREATE TABLE tags (name text PRIMARY KEY, title text);
