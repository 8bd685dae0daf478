-- The indexes of all tables of the schema $1, by table and name. Included columns are left out; an expression is ''.
SELECT c.relname,
       x.relname,
       ARRAY(SELECT coalesce(a.attname::text, '')
             FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY p (number, place)
             LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = p.number
                                                    AND p.number <> 0
             WHERE p.place <= i.indnkeyatts
             ORDER BY p.place),
       i.indisunique,
       i.indisvalid AND i.indisready AND i.indislive,
       i.indpred IS NOT NULL,
       i.indexprs IS NOT NULL,
       -- a column of its own since 15
       coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::bool, false),
       m.amname
FROM pg_catalog.pg_namespace n
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = x.relam
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'm')
ORDER BY c.relname, x.relname
