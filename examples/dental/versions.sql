-- One line for each table of the application and of the ledger's rows. It changes with any row that
-- is written, even if to what it was: two equal lists mean that nothing has been written between.
SELECT format('SELECT %L, count(*), coalesce(sum(hashtextextended(t.xmin::text || t.ctid::text, 0)), 0) '
              'FROM %s AS t', name, name)
FROM (SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname = 'public'
         OR schemaname = 'rehome' AND (starts_with(tablename, 'ledger_')
              OR tablename IN ('entity', 'quarantine', 'open_ref', 'undo'))) tables
ORDER BY name \gexec
