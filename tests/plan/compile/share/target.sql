CREATE TYPE origin AS ENUM ('comment', 'note');
CREATE TABLE remarks (id uuid PRIMARY KEY, legacy_table origin, shown boolean, legacy_id int, text text, UNIQUE (legacy_table, legacy_id));
