CREATE TABLE things (id uuid PRIMARY KEY, legacy_id bigint NOT NULL UNIQUE, name text);
CREATE TABLE children (id uuid PRIMARY KEY, thing_id uuid REFERENCES things);
