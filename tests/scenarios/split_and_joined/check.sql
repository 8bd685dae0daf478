CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
-- The address of the person who has none any more still stands.
CREATE VIEW expected AS
  SELECT 'persons' AS what, concat_ws('/', id, name, boss_id) AS row FROM legacy.person
  UNION ALL SELECT 'addresses', concat_ws('/', id, street, coalesce(city, 'City 1')) FROM legacy.person WHERE city IS NOT NULL OR id = 8000000001
  UNION ALL SELECT 'parts', concat_ws('/', kind, number, name, parent_kind, parent_number) FROM legacy.part
  UNION ALL SELECT 'skills', code || '/' || name FROM legacy.skill
  UNION ALL SELECT 'person_skills', concat_ws('/', person_id, skill_code, level) FROM legacy.person_skill;
CREATE VIEW found AS
  SELECT 'persons' AS what, concat_ws('/', p.legacy_id, p.name, b.legacy_id) AS row FROM persons AS p LEFT JOIN persons AS b ON b.id = p.boss_id
  UNION ALL SELECT 'addresses', concat_ws('/', p.legacy_id, street, city) FROM addresses JOIN persons AS p ON p.id = person_id
  UNION ALL SELECT 'parts', concat_ws('/', p.kind, p.number, p.name, q.kind, q.number) FROM parts AS p LEFT JOIN parts AS q ON q.id = p.parent_id
  UNION ALL SELECT 'skills', code || '/' || name FROM skills
  UNION ALL SELECT 'person_skills', concat_ws('/', legacy_id, skill_code, level) FROM person_skills JOIN persons ON id = person_id;
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT 'twice', what, count(*) FROM found GROUP BY what HAVING count(*) <> count(DISTINCT row);
