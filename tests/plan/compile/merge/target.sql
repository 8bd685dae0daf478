CREATE DOMAIN moment AS timestamptz;
CREATE TABLE things (id integer PRIMARY KEY, name text, changed_at moment);
CREATE TABLE revised (id integer PRIMARY KEY, name text, revision bigint);
CREATE TABLE dated (id integer PRIMARY KEY, legacy_id integer UNIQUE, day date);
