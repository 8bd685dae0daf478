CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
-- The target has what the source gives, and nothing else.
CREATE VIEW expected AS
  SELECT 'lines' AS what, concat_ws('/', id, number, l ->> 'quantity') AS row FROM legacy.invoice, jsonb_array_elements(lines) WITH ORDINALITY AS e (l, number)
  UNION ALL SELECT 'tags', concat_ws('/', id, t) FROM legacy.invoice, unnest(tags) AS t
  UNION ALL SELECT 'amounts', concat_ws('/', id, 'upper', upper) FROM legacy.invoice WHERE upper IS NOT NULL
  UNION ALL SELECT 'amounts', concat_ws('/', id, 'lower', lower) FROM legacy.invoice WHERE lower IS NOT NULL
  UNION ALL SELECT 'invoices', id::text FROM legacy.invoice;
CREATE VIEW found AS
  SELECT 'lines' AS what, concat_ws('/', legacy_id, line, quantity) AS row FROM invoice_lines AS l JOIN invoices AS i ON i.id = invoice_id
  UNION ALL SELECT 'tags', concat_ws('/', legacy_id, tag) FROM invoice_tags JOIN invoices AS i ON i.id = invoice_id
  UNION ALL SELECT 'amounts', concat_ws('/', legacy_id, side, amount) FROM amounts AS a JOIN invoices AS i ON i.id = invoice_id
  UNION ALL SELECT 'invoices', legacy_id::text FROM invoices;
(TABLE expected EXCEPT ALL TABLE found) UNION ALL (TABLE found EXCEPT ALL TABLE expected);
