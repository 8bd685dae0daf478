-- Target keys of every kind: identity, serial, uuids of each version, the mapped text itself, and two columns.
CREATE TABLE identities (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, legacy_id bigint UNIQUE, note text);
INSERT INTO identities (note) VALUES ('the application''s own');
CREATE TABLE products (code text PRIMARY KEY, note text);
CREATE TABLE random_ids (id uuid PRIMARY KEY, legacy_id uuid UNIQUE, note text);
CREATE TABLE named_ids (id uuid PRIMARY KEY, legacy_id uuid UNIQUE, note text);
CREATE TABLE timed_ids (id uuid PRIMARY KEY, legacy_id uuid UNIQUE, note text, made timestamptz);
CREATE TABLE days (id serial PRIMARY KEY, day date UNIQUE, note text);
CREATE TABLE lines (id uuid PRIMARY KEY, legacy_order integer, legacy_number smallint, product text NOT NULL REFERENCES products, note text, UNIQUE (legacy_order, legacy_number));
CREATE TABLE discounts (line_id uuid NOT NULL REFERENCES lines, name text, percent integer, PRIMARY KEY (line_id, name));
