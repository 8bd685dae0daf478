-- The triggers that users made on the tables of the schema $1 and on their partitions, by table and name. A trigger that a partition
-- has from its table is one. tgtype is a set of bits.
WITH RECURSIVE member AS (
  SELECT c.oid AS table_oid, c.relname, c.oid
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
  WHERE n.nspname = $1
  UNION ALL
  SELECT m.table_oid, m.relname, c.oid
  FROM member m
  JOIN pg_catalog.pg_inherits i ON i.inhparent = m.oid
  JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
)
SELECT DISTINCT m.relname,
       t.tgname,
       pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname),
       t.tgtype & 2 <> 0,
       t.tgtype & (2 | 64) = 0,
       t.tgtype & 64 <> 0,
       t.tgtype & 1 <> 0,
       t.tgtype & 4 <> 0,
       t.tgtype & 16 <> 0,
       t.tgtype & 8 <> 0,
       t.tgenabled IN ('O', 'A')
FROM member m
JOIN pg_catalog.pg_trigger t ON t.tgrelid = m.oid
JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
WHERE NOT t.tgisinternal
ORDER BY m.relname, t.tgname
