CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
-- Both ways: what should be there, and what should not.
CREATE VIEW expected AS
  SELECT 'identities' AS what, id::text AS key, note FROM legacy.by_bigint
  UNION ALL SELECT 'products', code, note FROM legacy.by_text
  UNION ALL SELECT unnest(ARRAY['random_ids', 'named_ids']), id::text, note FROM legacy.by_uuid
  UNION ALL SELECT 'timed_ids', id::text, note FROM legacy.by_uuid WHERE made BETWEEN '1970-01-01 00:00Z' AND '10889-01-01 00:00Z'
  UNION ALL SELECT 'days', day::text, note FROM legacy.by_day
  UNION ALL SELECT 'lines', order_id || '/' || number, note || ' of ' || product FROM legacy.line
  UNION ALL SELECT 'discounts', order_id || '/' || number || '/' || name, percent::text FROM legacy.discount;
CREATE VIEW found AS
  SELECT 'identities' AS what, legacy_id::text AS key, note FROM identities WHERE legacy_id IS NOT NULL
  UNION ALL SELECT 'products', code, note FROM products
  UNION ALL SELECT 'random_ids', legacy_id::text, note FROM random_ids
  UNION ALL SELECT 'named_ids', legacy_id::text, note FROM named_ids
  UNION ALL SELECT 'timed_ids', legacy_id::text, note FROM timed_ids
  UNION ALL SELECT 'days', day::text, note FROM days WHERE day IS NOT NULL
  UNION ALL SELECT 'lines', legacy_order || '/' || legacy_number, note || ' of ' || product FROM lines
  UNION ALL SELECT 'discounts', legacy_order || '/' || legacy_number || '/' || name, percent::text FROM discounts JOIN lines ON id = line_id;
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
-- Versions of the uuids; those of version 7 are in the order of the rows' own times.
SELECT 'version', id FROM random_ids WHERE substr(id::text, 15, 1) <> '4'
UNION ALL SELECT 'version', id FROM named_ids WHERE substr(id::text, 15, 1) <> '5'
UNION ALL SELECT 'version', id FROM timed_ids WHERE substr(id::text, 15, 1) <> '7';
SELECT 'order', made FROM (SELECT made, lag(made) OVER (ORDER BY id) AS before FROM timed_ids) AS t WHERE made < before;
SELECT 'time', id FROM timed_ids
WHERE ('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint <> floor(extract(epoch FROM made) * 1000)::bigint;
