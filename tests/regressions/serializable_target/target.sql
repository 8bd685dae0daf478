CREATE TABLE items (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text);
ALTER DATABASE target SET default_transaction_isolation = 'serializable';
