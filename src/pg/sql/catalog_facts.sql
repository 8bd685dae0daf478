-- The database, the role, and the schema $1. One row.
SELECT pg_catalog.current_setting('server_version_num')::int,
       d.datname,
       pg_catalog.pg_encoding_to_char(d.encoding),
       -- what the session began with, whatever we have set since
       (SELECT s.reset_val FROM pg_catalog.pg_settings s WHERE s.name = 'search_path'),
       n.oid IS NOT NULL,
       coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false),
       r.rolname,
       r.rolsuper,
       r.rolbypassrls,
       pg_catalog.has_database_privilege(d.oid, 'CREATE'),
       pg_catalog.has_database_privilege(d.oid, 'TEMPORARY'),
       pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE'),
       ARRAY(SELECT o.nspname::text
             FROM pg_catalog.pg_namespace o
             WHERE o.nspname <> $1 AND o.nspname <> 'information_schema' AND o.nspname !~ '^pg_'
             ORDER BY o.nspname)
FROM pg_catalog.pg_database d
JOIN pg_catalog.pg_roles r ON r.rolname = current_user
LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = $1
WHERE d.datname = pg_catalog.current_database()
