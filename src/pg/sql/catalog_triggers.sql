-- The triggers that users made on the tables of the schema $1, by table and name. tgtype is a set of bits.
SELECT c.relname,
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
FROM pg_catalog.pg_namespace n
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid
JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
WHERE n.nspname = $1 AND NOT t.tgisinternal
ORDER BY c.relname, t.tgname
