CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
CREATE VIEW expected AS
  SELECT 'stores' AS what, concat_ws('/', id, manager_id, name, city) AS row FROM legacy.store
  UNION ALL SELECT 'employees', concat_ws('/', id, store_id, boss_id, name, friend_id) FROM legacy.staff
  UNION ALL SELECT 'folders', concat_ws(' ', path, parent) FROM legacy.folder
  UNION ALL SELECT 'visits', concat_ws('/', store_id, staff_id) FROM legacy.visit;
CREATE VIEW found AS
  SELECT 'stores' AS what, concat_ws('/', s.legacy_id, e.legacy_id, s.name, city) AS row FROM stores AS s JOIN employees AS e ON e.id = manager_id
  UNION ALL SELECT 'employees', concat_ws('/', e.legacy_id, s.legacy_id, b.legacy_id, e.name, f.legacy_id)
  FROM employees AS e JOIN stores AS s ON s.id = e.store_id JOIN employees AS b ON b.id = e.boss_id LEFT JOIN employees AS f ON f.id = e.friend_id
  UNION ALL SELECT 'folders', concat_ws(' ', path, parent) FROM folders
  UNION ALL SELECT 'visits', concat_ws('/', s.legacy_id, e.legacy_id) FROM visits AS v JOIN stores AS s ON s.id = store_id JOIN employees AS e ON e.id = employee_id;
(TABLE expected EXCEPT ALL TABLE found) UNION ALL (TABLE found EXCEPT ALL TABLE expected);
TABLE rehome.quarantine;
TABLE rehome.open_ref;
