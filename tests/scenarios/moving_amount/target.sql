CREATE TABLE open_amounts (id uuid PRIMARY KEY, legacy_id integer UNIQUE, amount integer NOT NULL);
CREATE TABLE paid_amounts (id uuid PRIMARY KEY, legacy_id integer UNIQUE, amount integer NOT NULL);
-- What each run found, put down by ./observe.
CREATE TABLE seen (invoices integer, total bigint);
