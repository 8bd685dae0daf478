-- Rows against rows: what the legacy tables say must have arrived (check_expected.sql) and what is in
-- the target (check_found.sql). Leaves the tables manifest, plants, entities, verdict, differences.

CREATE TABLE manifest AS SELECT :'manifest'::jsonb AS content;
CREATE TABLE plants AS
SELECT p.* FROM manifest, jsonb_to_recordset(content -> 'plants')
  AS p(entity text, "table" text, id integer, defect text, disposition text, "column" text,
       reason text, target_id uuid);

\ir check_expected.sql
\ir check_found.sql
SET default_statistics_target = 10;
SELECT format('ANALYZE %I', tablename) FROM pg_tables WHERE schemaname = 'checker' \gexec

CREATE TABLE entities (number serial, name text);
INSERT INTO entities (name) VALUES ('offices'), ('profiles'), ('doctors'), ('patients'), ('orders'),
  ('messages'), ('files'), ('message_attachments');

CREATE TABLE verdict (entity text, expected bigint, found bigint, missing bigint, surplus bigint,
                      different bigint);
CREATE TABLE differences (entity text, legacy_id integer, column_name text);

DO $$
DECLARE
  entity text;
BEGIN
  FOR entity IN SELECT name FROM entities ORDER BY number LOOP
    EXECUTE format('CREATE TABLE seen AS SELECT * FROM found_%s', entity);
    EXECUTE 'ANALYZE seen';
    -- A row that came twice counts once as found and once as surplus.
    EXECUTE format($sql$
      INSERT INTO verdict
      SELECT %1$L, (SELECT count(*) FROM expected_%1$s), (SELECT count(*) FROM seen),
             (SELECT count(*) FROM expected_%1$s e LEFT JOIN seen s USING (legacy_id)
              WHERE s.legacy_id IS NULL),
             (SELECT count(*) FROM seen s LEFT JOIN expected_%1$s e USING (legacy_id)
              WHERE e.legacy_id IS NULL)
             + (SELECT count(legacy_id) - count(DISTINCT legacy_id) FROM seen),
             0
      $sql$, entity);
    EXECUTE format($sql$
      INSERT INTO differences
      SELECT %1$L, e.legacy_id, was.key
      FROM expected_%1$s e
      JOIN seen s USING (legacy_id)
      CROSS JOIN LATERAL jsonb_each(to_jsonb(e)) was
      JOIN LATERAL jsonb_each(to_jsonb(s)) now ON now.key = was.key AND now.value <> was.value
      WHERE ROW(e.*) IS DISTINCT FROM ROW(s.*)
      $sql$, entity);
    EXECUTE 'DROP TABLE seen';
  END LOOP;
  UPDATE verdict v SET different =
    (SELECT count(DISTINCT legacy_id) FROM differences d WHERE d.entity = v.entity);
END $$;
