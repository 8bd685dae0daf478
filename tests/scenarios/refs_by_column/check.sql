CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
CREATE VIEW expected AS
  SELECT 'countries' AS what, concat_ws('/', id, code) AS row FROM legacy.country
  UNION ALL SELECT 'lines', concat_ws('/', order_id, number, code) FROM legacy.line AS l LEFT JOIN legacy.country AS c ON c.id = l.country_id
  UNION ALL SELECT 'discounts', concat_ws('/', id, order_id, CASE WHEN order_id IS NOT NULL THEN line END, percent) FROM legacy.discount
  UNION ALL SELECT 'regions', concat_ws('/', r.id, r.code, p.code) FROM legacy.region AS r LEFT JOIN legacy.region AS p ON p.id = r.parent_id;
CREATE VIEW found AS
  SELECT 'countries' AS what, concat_ws('/', legacy_id, code) AS row FROM countries
  UNION ALL SELECT 'lines', concat_ws('/', order_number, number, country) FROM lines
  UNION ALL SELECT 'discounts', concat_ws('/', legacy_id, order_number, line_number, percent) FROM discounts
  UNION ALL SELECT 'regions', concat_ws('/', legacy_id, code, parent_code) FROM regions;
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
TABLE rehome.open_ref;
