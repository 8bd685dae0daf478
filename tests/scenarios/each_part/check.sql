CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
-- What has gone from the source still stands: line 3 of invoice 1, tag1 of invoice 4, the amount of 5. And the array that is none any more.
CREATE VIEW expected AS
  SELECT 'lines' AS what, concat_ws('/', id, number, l ->> 'sku', l ->> 'quantity', round((l ->> 'quantity')::integer * (l ->> 'price')::numeric, 2)) AS row
  FROM legacy.invoice, jsonb_array_elements(CASE WHEN jsonb_typeof(lines) = 'array' THEN lines END) WITH ORDINALITY AS e (l, number)
  UNION ALL SELECT 'lines', '1/3/S1/1/1.00'
  UNION ALL SELECT 'tags', concat_ws('/', id, t) FROM legacy.invoice, unnest(tags) AS t
  UNION ALL SELECT 'tags', '4/tag1'
  UNION ALL SELECT 'amounts', concat_ws('/', id, 'upper', upper) FROM legacy.invoice WHERE upper IS NOT NULL
  UNION ALL SELECT 'amounts', concat_ws('/', id, 'lower', lower) FROM legacy.invoice WHERE lower IS NOT NULL
  UNION ALL SELECT 'amounts', '5/lower/10.00'
  UNION ALL SELECT 'remarks', upper::text FROM legacy.invoice;
CREATE VIEW found AS
  SELECT 'lines' AS what, concat_ws('/', legacy_id, line, sku, quantity, amount) AS row FROM invoice_lines AS l JOIN invoices AS i ON i.id = invoice_id
  UNION ALL SELECT 'tags', concat_ws('/', legacy_id, tag) FROM invoice_tags JOIN invoices AS i ON i.id = invoice_id
  UNION ALL SELECT 'amounts', concat_ws('/', legacy_id, side, amount) FROM amounts AS a JOIN invoices AS i ON i.id = invoice_id
  UNION ALL SELECT 'remarks', amount::text FROM remarks LEFT JOIN amounts AS a ON a.id = amount_id;
(TABLE expected EXCEPT ALL TABLE found) UNION ALL (TABLE found EXCEPT ALL TABLE expected);
