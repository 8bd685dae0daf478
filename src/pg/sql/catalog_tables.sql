-- Everything in the schema $1 that has rows, by name.
SELECT c.relname,
       c.relkind,
       c.relrowsecurity,
       c.relforcerowsecurity,
       c.relispartition,
       EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid),
       coalesce(n.usable AND pg_catalog.has_table_privilege(c.oid, 'SELECT'), false),
       coalesce(n.usable AND pg_catalog.has_table_privilege(c.oid, 'INSERT'), false),
       coalesce(n.usable AND pg_catalog.has_table_privilege(c.oid, 'UPDATE'), false),
       coalesce(n.usable AND pg_catalog.has_table_privilege(c.oid, 'DELETE'), false),
       -- before 14, a table never analysed is said to have 0 rows
       CASE WHEN c.reltuples = 0 AND c.relpages = 0
                 AND pg_catalog.current_setting('server_version_num')::int < 140000 THEN -1
            ELSE c.reltuples END::int8,
       ARRAY(SELECT r.rulename::text
             FROM pg_catalog.pg_rewrite r
             WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN' AND r.ev_enabled <> 'D'
             ORDER BY r.rulename)
FROM (SELECT s.oid, pg_catalog.has_schema_privilege(s.oid, 'USAGE') AS usable
      FROM pg_catalog.pg_namespace s
      WHERE s.nspname = $1) n
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY c.relname
