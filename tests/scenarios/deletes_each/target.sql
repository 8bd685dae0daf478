CREATE TABLE invoices (id uuid PRIMARY KEY, legacy_id integer UNIQUE, customer text);
CREATE TABLE invoice_lines (id uuid PRIMARY KEY, invoice_id uuid NOT NULL REFERENCES invoices, line integer NOT NULL, quantity integer, UNIQUE (invoice_id, line));
CREATE TABLE invoice_tags (invoice_id uuid NOT NULL REFERENCES invoices ON DELETE CASCADE, tag text NOT NULL, PRIMARY KEY (invoice_id, tag));
CREATE TABLE amounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, invoice_id uuid NOT NULL REFERENCES invoices, side text NOT NULL, amount numeric(8,2) NOT NULL);
-- The application's own.
CREATE TABLE payments (id integer PRIMARY KEY, amount_id bigint REFERENCES amounts ON DELETE SET NULL);
