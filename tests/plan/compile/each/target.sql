CREATE TABLE invoices (id uuid PRIMARY KEY, name text);
CREATE TABLE lines (id uuid PRIMARY KEY, invoice_id uuid NOT NULL REFERENCES invoices, line bigint, name text, amount numeric, UNIQUE (invoice_id, line));
CREATE TABLE tags (invoice int, tag text, note text, PRIMARY KEY (invoice, tag));
