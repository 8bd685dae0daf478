-- The columns of all tables of the schema $1, by table and number.
SELECT c.relname,
       a.attname,
       a.attnum,
       a.atttypid,
       a.atttypmod,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       a.attnotnull,
       -- a domain may bring a default of its own
       a.attgenerated = '' AND (a.atthasdef OR t.typdefault IS NOT NULL AND t.typtype = 'd'),
       coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                CASE WHEN t.typtype = 'd' THEN t.typdefault END),
       a.attidentity,
       a.attgenerated <> '',
       owned.sequence,
       coalesce(n.usable AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'), false),
       coalesce(n.usable AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'INSERT'), false),
       coalesce(n.usable AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'UPDATE'), false),
       coalesce(owned.usable AND pg_catalog.has_sequence_privilege(owned.oid, 'USAGE, UPDATE'), owned.oid IS NULL),
       coalesce(owned.usable AND pg_catalog.has_sequence_privilege(owned.oid, 'SELECT'), owned.oid IS NULL),
       coalesce(owned.usable AND pg_catalog.has_sequence_privilege(owned.oid, 'UPDATE'), owned.oid IS NULL)
FROM (SELECT s.oid, pg_catalog.has_schema_privilege(s.oid, 'USAGE') AS usable
      FROM pg_catalog.pg_namespace s
      WHERE s.nspname = $1) n
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
-- of serial and identity columns
LEFT JOIN LATERAL (
  SELECT s.oid,
         pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(s.relname) AS sequence,
         pg_catalog.has_schema_privilege(sn.oid, 'USAGE') AS usable
  FROM pg_catalog.pg_depend o
  JOIN pg_catalog.pg_class s ON s.oid = o.objid AND s.relkind = 'S'
  JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
  WHERE o.classid = 'pg_catalog.pg_class'::regclass AND o.deptype IN ('a', 'i')
    AND o.refclassid = 'pg_catalog.pg_class'::regclass
    AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum
  ORDER BY o.deptype DESC, s.oid
  LIMIT 1) owned ON true
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
