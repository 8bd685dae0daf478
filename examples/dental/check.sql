-- Judges a migration of the twin. check.sh calls it on the target, after it made schema checker,
-- with copies of the legacy tables. The environment variable MANIFEST names the manifest.
\set ON_ERROR_STOP 1
\set manifest `cat "$MANIFEST"`
\set QUIET 1
SET client_min_messages = warning;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, MDY';
SET search_path = checker;

\ir check_rows.sql

-- The refused and the left out, three ways ---------------------------------------------------------

-- Each line: what one side says and the other does not.
CREATE TABLE disagreements (what text, entity text, id integer, detail text);

INSERT INTO disagreements
SELECT 'held, not in the manifest', entity, id, NULL
FROM (SELECT entity, id FROM held
      EXCEPT SELECT entity, id FROM plants WHERE disposition = 'held') x
UNION ALL
SELECT 'manifest says held, is not', entity, id, NULL
FROM (SELECT entity, id FROM plants WHERE disposition = 'held'
      EXCEPT SELECT entity, id FROM held) x
UNION ALL
SELECT 'left open, not in the manifest', entity, id, column_name
FROM (SELECT entity, id, column_name FROM open_refs
      EXCEPT SELECT entity, id, "column" FROM plants WHERE disposition = 'unlinked') x
UNION ALL
SELECT 'manifest says left open, is not', entity, id, "column"
FROM (SELECT entity, id, "column" FROM plants WHERE disposition = 'unlinked'
      EXCEPT SELECT entity, id, column_name FROM open_refs) x
UNION ALL
SELECT 'manifest says excluded, is not', entity, id, NULL
FROM (SELECT entity, id FROM plants WHERE disposition = 'excluded'
      EXCEPT SELECT entity, id FROM excluded) x
UNION ALL
SELECT 'manifest says inserted, is not expected', p.entity, p.id, p.defect
FROM plants p
WHERE p.disposition = 'inserted'
  AND (EXISTS (SELECT 1 FROM held h WHERE (h.entity, h.id) = (p.entity, p.id))
       OR EXISTS (SELECT 1 FROM excluded x WHERE (x.entity, x.id) = (p.entity, p.id)));

INSERT INTO disagreements
SELECT 'count of the manifest: ' || what, entity, NULL, format('%s, derived %s', planned, derived)
FROM (
  SELECT c.key AS entity, 'held' AS what, (c.value ->> 'held')::bigint AS planned,
         (SELECT count(*) FROM held h WHERE h.entity = c.key) AS derived
  FROM manifest, jsonb_each(content -> 'counts') c
  UNION ALL
  SELECT c.key, 'open refs', (c.value ->> 'open_refs')::bigint,
         (SELECT count(*) FROM open_refs o WHERE o.entity = c.key)
  FROM manifest, jsonb_each(content -> 'counts') c
  UNION ALL
  SELECT c.key, 'inserted', (c.value ->> 'inserted')::bigint,
         (SELECT expected FROM verdict v WHERE v.entity = c.key)
  FROM manifest, jsonb_each(content -> 'counts') c
  UNION ALL
  SELECT coalesce(c.entity, x.entity), 'excluded ' || coalesce(c.name, x.name), c.rows, x.rows
  FROM (SELECT c.key AS entity, e.key AS name, e.value::bigint AS rows
        FROM manifest, jsonb_each(content -> 'counts') c, jsonb_each_text(c.value -> 'excluded') e) c
  FULL JOIN (SELECT entity, name, count(*) AS rows FROM excluded GROUP BY entity, name) x
    ON (x.entity, x.name) = (c.entity, c.name)
) sums
WHERE planned IS DISTINCT FROM derived;

SELECT to_regclass('rehome.quarantine') IS NOT NULL AS has_quarantine \gset
\if :has_quarantine
CREATE TABLE quarantined AS
SELECT DISTINCT entity, (legacy_key ->> 'id')::integer AS id FROM rehome.quarantine;
INSERT INTO disagreements
SELECT 'in quarantine, not in the manifest', entity, id, NULL
FROM (SELECT entity, id FROM quarantined
      EXCEPT SELECT entity, id FROM plants WHERE disposition = 'held') x
UNION ALL
SELECT 'held by the manifest, not in quarantine', entity, id, NULL
FROM (SELECT entity, id FROM plants WHERE disposition = 'held'
      EXCEPT SELECT entity, id FROM quarantined) x;

CREATE TABLE recorded AS
SELECT entity, (legacy_key ->> 'id')::integer AS id, column_name FROM rehome.open_ref;
INSERT INTO disagreements
SELECT 'open ref, not in the manifest', entity, id, column_name
FROM (SELECT entity, id, column_name FROM recorded
      EXCEPT SELECT entity, id, "column" FROM plants WHERE disposition = 'unlinked') x
UNION ALL
SELECT 'left open by the manifest, no open ref', entity, id, "column"
FROM (SELECT entity, id, "column" FROM plants WHERE disposition = 'unlinked'
      EXCEPT SELECT entity, id, column_name FROM recorded) x;
\else
\echo 'There is no rehome.quarantine: held rows and open refs are compared with the manifest only.'
\endif

-- The verdict ------------------------------------------------------------------------------------

\pset footer off
SELECT v.* FROM verdict v JOIN entities e ON e.name = v.entity ORDER BY e.number;

SELECT count(*) > 0 AS has_differences FROM differences \gset
\if :has_differences
SELECT entity, column_name, count(*) AS rows, (array_agg(legacy_id ORDER BY legacy_id))[1:5] AS such_as
FROM differences GROUP BY entity, column_name ORDER BY entity, column_name;
\endif

SELECT count(*) > 0 AS has_disagreements FROM disagreements \gset
\if :has_disagreements
SELECT what, entity, detail, count(*) AS rows, (array_agg(id ORDER BY id))[1:5] AS such_as
FROM disagreements GROUP BY what, entity, detail ORDER BY what, entity, detail;
\endif

SELECT NOT :'has_differences'::boolean AND NOT :'has_disagreements'::boolean
       AND NOT EXISTS (SELECT 1 FROM verdict WHERE missing + surplus + different > 0) AS agrees,
       (SELECT count(*) FROM plants) AS plants \gset
\if :agrees
\echo 'Every row is where it should be, and so are all' :plants 'entries of the manifest.'
\else
DO $$ BEGIN RAISE 'the target is not what the legacy database and the manifest say'; END $$;
\endif
