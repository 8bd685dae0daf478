-- The constraints of all tables of the schema $1, by table and name.
SELECT c.relname,
       k.conname,
       k.contype,
       ARRAY(SELECT a.attname::text
             FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY p (number, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number
             ORDER BY p.place),
       rn.nspname,
       r.relname,
       ARRAY(SELECT a.attname::text
             FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY p (number, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.number
             ORDER BY p.place),
       k.condeferrable,
       k.condeferred,
       k.convalidated,
       k.conparentid <> 0,
       k.confdeltype,
       pg_catalog.pg_get_constraintdef(k.oid)
FROM pg_catalog.pg_namespace n
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND k.contype IN ('p', 'u', 'f', 'c', 'x')
  -- a key to a partitioned table has one shadow per partition, which nobody declared
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint parent
                  WHERE parent.oid = k.conparentid AND parent.conrelid = k.conrelid)
ORDER BY c.relname, k.conname
