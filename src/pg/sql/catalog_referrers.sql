-- The foreign keys of other schemas that refer to tables of the schema $1, by table.
SELECT c.relname,
       rn.nspname,
       r.relname,
       k.conname,
       ARRAY(SELECT a.attname::text
             FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY p (number, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number
             ORDER BY p.place),
       ARRAY(SELECT a.attname::text
             FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY p (number, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.number
             ORDER BY p.place),
       ARRAY(SELECT a.attname::text
             FROM pg_catalog.pg_constraint key,
               LATERAL pg_catalog.unnest(key.conkey) WITH ORDINALITY p (number, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = p.number
             WHERE key.conrelid = r.oid AND key.contype = 'p'
             ORDER BY p.place),
       k.confdeltype,
       pg_catalog.has_schema_privilege(rn.oid, 'USAGE'),
       pg_catalog.has_table_privilege(r.oid, 'SELECT'),
       r.relrowsecurity
FROM pg_catalog.pg_namespace n
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
JOIN pg_catalog.pg_constraint k ON k.confrelid = c.oid
JOIN pg_catalog.pg_class r ON r.oid = k.conrelid
JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
WHERE n.nspname = $1 AND rn.oid <> n.oid AND k.contype = 'f'
  -- one row for each partition would only repeat the table's own
  AND k.conparentid = 0
ORDER BY c.relname, rn.nspname, r.relname, k.conname
