CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
-- P99 has lost its key: gone from the source, and its row stands.
CREATE VIEW expected AS
  SELECT 'products' AS what, concat_ws('/', code, name) AS row FROM legacy.product WHERE NOT draft
  UNION ALL SELECT 'products', 'P99/Product 99'
  UNION ALL SELECT 'shelves', concat_ws('/', hall, number, product_code) FROM legacy.shelf WHERE product_code IN (SELECT code FROM legacy.product);
CREATE VIEW found AS
  SELECT 'products' AS what, concat_ws('/', code, name) AS row FROM products
  UNION ALL SELECT 'shelves', concat_ws('/', hall, number, product_code) FROM shelves;
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT reason FROM rehome.quarantine WHERE reason = 'no_key';
