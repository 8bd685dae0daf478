-- Judges a run over the target that earlier scripts had left (stage t0). check.sh calls it in place
-- of check.sql when the manifest is of that stage.
\set ON_ERROR_STOP 1
\set manifest `cat "$MANIFEST"`
\set QUIET 1
SET client_min_messages = warning;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, MDY';
SET search_path = checker;

\ir check_rows.sql

-- What has become of each row ----------------------------------------------------------------------

-- The scripts' rows came in one transaction, with ids of version 4: whoever has another id has been
-- inserted since, and whoever has such an id and another xmin has been written over.
CREATE TABLE became AS
SELECT entity, legacy_id AS id, target_id,
       CASE WHEN substr(target_id::text, 15, 1) <> '4' THEN 'inserted'
            WHEN written_by <> scripts THEN 'updated'
            ELSE 'as it was' END AS what
FROM (SELECT 'offices' AS entity, legacy_office_id AS legacy_id, id AS target_id, xmin AS written_by
      FROM public.offices
      UNION ALL SELECT 'profiles', legacy_user_id, id, xmin FROM public.profiles
      UNION ALL SELECT 'doctors', legacy_user_id, id, xmin FROM public.doctors
      UNION ALL SELECT 'patients', legacy_patient_id, id, xmin FROM public.patients
      UNION ALL SELECT 'orders', legacy_instruction_id, id, xmin FROM public.orders
      UNION ALL SELECT 'messages', legacy_record_id, id, xmin FROM public.messages
      UNION ALL SELECT 'files', legacy_file_id, id, xmin FROM public.files
      UNION ALL SELECT 'message_attachments', f.legacy_file_id, a.id, a.xmin
                FROM public.message_attachments a JOIN public.files f ON f.id = a.file_id) t,
     (SELECT m.xmin AS scripts FROM public.messages m
      JOIN plants p ON p.entity = 'messages' AND p.disposition = 'extra' AND p.target_id = m.id) s;
ALTER TABLE became ADD PRIMARY KEY (target_id);

CREATE TABLE ledger (entity text, id integer, state text, target_id uuid, PRIMARY KEY (entity, id));
DO $$
DECLARE
  each record;
BEGIN
  FOR each IN SELECT entity, ledger_table FROM rehome.entity LOOP
    EXECUTE format('INSERT INTO ledger SELECT %L, legacy_id, state, target_id FROM %s',
                   each.entity, each.ledger_table);
  END LOOP;
END $$;

CREATE TABLE quarantined AS
SELECT entity, (legacy_key ->> 'id')::integer AS id, reason, detail, parent_entity,
       (parent_key ->> 'id')::integer AS parent_id
FROM rehome.quarantine;
ALTER TABLE quarantined ADD PRIMARY KEY (entity, id);

-- What the run that adopted says of itself.
CREATE TABLE account AS
SELECT e ->> 'name' AS entity, e AS content
FROM (SELECT accounting FROM rehome.run WHERE state = 'done' ORDER BY run_id LIMIT 1) r,
     jsonb_array_elements(r.accounting -> 'entities') e;
CREATE TABLE named_extra AS
SELECT entity, (x -> 'legacy' ->> 'id')::integer AS id, (x -> 'target' ->> 'id')::uuid AS target_id
FROM account, jsonb_array_elements(content -> 'rows' -> 'extra') x;
ANALYZE;

-- Row by row against the manifest --------------------------------------------------------------------

-- What was wrong in the target, and what has become of it.
CREATE TABLE explained AS
SELECT p.*, CASE
         WHEN q.id IS NOT NULL THEN 'held'
         WHEN coalesce(t.what, s.what) IN ('inserted', 'updated') THEN coalesce(t.what, s.what)
         WHEN l.state = 'here' AND l.target_id = t.target_id THEN 'adopted'
         WHEN l.state = 'gone' AND t.what = 'as it was' THEN 'excluded'
         WHEN x.id IS NOT NULL THEN 'extra'
         WHEN p.id IS NULL AND t.what = 'as it was' THEN 'own'
         ELSE 'nothing' END AS became,
       CASE WHEN q.reason IN ('parent_absent', 'parent_held') THEN q.reason || ': ' || q.parent_entity
            WHEN q.reason = 'differs' THEN q.detail ELSE q.reason END AS cause
FROM plants p
LEFT JOIN quarantined q ON (q.entity, q.id) = (p.entity, p.id)
LEFT JOIN became t ON t.target_id = p.target_id
LEFT JOIN became s ON (s.entity, s.id) = (p.entity, p.id) AND p.target_id IS NULL
LEFT JOIN ledger l ON (l.entity, l.id) = (p.entity, p.id)
LEFT JOIN named_extra x ON (x.entity, x.id, x.target_id) = (p.entity, p.id, p.target_id)
WHERE p.target_id IS NOT NULL OR p.defect = 'absent';

CREATE TABLE disagreements (what text, entity text, id integer, detail text);
INSERT INTO disagreements
SELECT format('%s: must be %s, became %s', defect, disposition, became), entity, id, cause
FROM explained WHERE became <> disposition;

-- One fate for each legacy key that the manifest names.
CREATE TABLE fates AS
SELECT DISTINCT ON (entity, id) entity, id, disposition AS fate
FROM plants
WHERE disposition <> 'unlinked' AND id IS NOT NULL
ORDER BY entity, id,
         array_position('{held,excluded,extra,updated,inserted,adopted}'::text[], disposition);
ALTER TABLE fates ADD PRIMARY KEY (entity, id);
ANALYZE fates;

-- And the other way round: whatever the manifest does not name is as the scripts had it, and adopted.
INSERT INTO disagreements
SELECT b.what || ', not in the manifest', b.entity, b.id, f.fate
FROM became b LEFT JOIN fates f ON (f.entity, f.id) = (b.entity, b.id)
WHERE b.what <> 'as it was' AND f.fate IS DISTINCT FROM b.what
UNION ALL
SELECT 'not adopted, not in the manifest', b.entity, b.id, l.state
FROM became b
LEFT JOIN fates f ON (f.entity, f.id) = (b.entity, b.id)
LEFT JOIN ledger l ON (l.entity, l.id) = (b.entity, b.id)
WHERE b.id IS NOT NULL AND coalesce(f.fate, 'adopted') IN ('adopted', 'updated', 'inserted')
  AND (l.state, l.target_id) IS DISTINCT FROM ('here', b.target_id)
UNION ALL
SELECT 'named extra, not in the manifest', entity, id, target_id::text
FROM (SELECT entity, id, target_id FROM named_extra
      EXCEPT SELECT entity, id, target_id FROM plants WHERE disposition = 'extra') x
UNION ALL
SELECT 'in quarantine, not in the manifest', entity, id, NULL
FROM (SELECT entity, id FROM quarantined EXCEPT SELECT entity, id FROM fates WHERE fate = 'held') x
UNION ALL
SELECT 'held by the manifest, not in quarantine', entity, id, NULL
FROM (SELECT entity, id FROM fates WHERE fate = 'held' EXCEPT SELECT entity, id FROM quarantined) x;

CREATE TABLE recorded AS
SELECT entity, (legacy_key ->> 'id')::integer AS id, column_name FROM rehome.open_ref;
INSERT INTO disagreements
SELECT 'open ref, not in the manifest', entity, id, column_name
FROM (TABLE recorded
      EXCEPT SELECT entity, id, "column" FROM plants WHERE disposition = 'unlinked') x
UNION ALL
SELECT 'left open by the manifest, no open ref', entity, id, "column"
FROM (SELECT entity, id, "column" FROM plants WHERE disposition = 'unlinked'
      EXCEPT TABLE recorded) x;

-- Why rows are held: edited ones name the edited column and no other, orders that never came the
-- parent that is not there.
INSERT INTO disagreements
SELECT 'edited in the target, not told so', entity, id, cause
FROM explained
WHERE defect = 'edited' AND cause IS DISTINCT FROM 'the two versions differ in ' || "column"
UNION ALL
SELECT 'its parent is not named', p.entity, p.id, format('%s %s', q.parent_entity, q.parent_id)
FROM explained p
JOIN dispatch_instruction i ON i.id = p.id
JOIN dispatch_patient t ON t.id = i.patient_id
LEFT JOIN quarantined q ON (q.entity, q.id) = (p.entity, p.id)
WHERE p.entity = 'orders' AND p.defect = 'absent' AND p.disposition = 'held'
  AND (q.parent_entity, q.parent_id) IS DISTINCT FROM
      CASE WHEN p.reason LIKE 'parent missing: doctors%' THEN ('doctors'::text, t.doctor_id)
           ELSE ('patients'::text, i.patient_id) END;

-- Values: whatever is not held has them from the source, but for refs to rows that are held and in
-- the target. The scripts' own remarks in metadata stay.
INSERT INTO disagreements
SELECT 'not what the source says', d.entity, d.legacy_id, d.column_name
FROM differences d
WHERE d.column_name <> 'audit'
  AND NOT EXISTS (SELECT FROM fates f WHERE (f.entity, f.id) = (d.entity, d.legacy_id)
                  AND f.fate = 'held')
  AND NOT EXISTS (SELECT FROM plants p WHERE (p.entity, p.id) = (d.entity, d.legacy_id)
                  AND p.defect = 'parent_made_up'
                  AND regexp_replace(p."column", '_id$', '_of') = d.column_name);

-- Sums -----------------------------------------------------------------------------------------------

INSERT INTO disagreements
SELECT 'the sum says ' || k.key, c.key, NULL,
       format('%s, the manifest %s', a.content -> k.key, k.value)
FROM manifest, jsonb_each(content -> 'counts') c
CROSS JOIN LATERAL jsonb_each(c.value || jsonb_build_object('gone',
  (SELECT count(*) FROM plants p
   WHERE p.entity = c.key AND p.disposition = 'excluded' AND p.target_id IS NOT NULL))) k
LEFT JOIN account a ON a.entity = c.key
WHERE k.key <> 'target' AND k.value IS DISTINCT FROM a.content -> k.key  -- target: before the run
UNION ALL
SELECT 'the sum does not close', NULL, run_id, state
FROM rehome.run WHERE (accounting ->> 'closed')::boolean IS NOT true
UNION ALL
SELECT 'a later run moved rows', e ->> 'name', run_id, m.key || ' ' || (e ->> m.key)
FROM (SELECT run_id, accounting FROM rehome.run ORDER BY run_id OFFSET 1) later,
     jsonb_array_elements(accounting -> 'entities') e,
     unnest('{inserted,updated,adopted}'::text[]) AS m(key)
WHERE (e ->> m.key)::bigint <> 0;

-- The verdict ----------------------------------------------------------------------------------------

\pset footer off
\echo
\echo What was wrong in the target, and what has become of it:
SELECT entity, defect, reason, became, count(*) AS rows, cause AS "held for",
       CASE WHEN count(*) <= 14 THEN string_agg(coalesce(id::text, '–'), ' ' ORDER BY id)
            ELSE array_to_string((array_agg(id ORDER BY id))[1:3], ' ') || ' …' END AS "legacy ids"
FROM explained x JOIN entities e ON e.name = x.entity
GROUP BY e.number, entity, defect, reason, became, cause
ORDER BY e.number, defect <> 'absent', defect, count(*) DESC, reason, cause;

\echo The files that never came, each by its legacy id:
SELECT x.id AS file, concat_ws(': ', nullif(o."column", ''), o.reason) AS "what is odd about it", x.became, x.cause AS "held for"
FROM explained x
LEFT JOIN plants o ON (o.entity, o.id) = (x.entity, x.id) AND o.target_id IS NULL AND o.defect <> 'absent'
WHERE x.entity = 'files' AND x.defect = 'absent' ORDER BY x.id;

\echo The orders that never came for want of a parent:
SELECT q.id AS "order", q.reason, q.parent_entity AS parent, q.parent_id AS "its legacy id"
FROM explained x JOIN quarantined q ON (q.entity, q.id) = (x.entity, x.id)
WHERE x.entity = 'orders' AND x.defect = 'absent' ORDER BY q.parent_entity, q.id;

\echo All rows:
SELECT e.name AS entity, c.value ->> 'source' AS source, c.value ->> 'target' AS "the scripts' rows",
       count(*) FILTER (WHERE b.what = 'as it was') AS "as they were",
       count(*) FILTER (WHERE b.what = 'updated') AS "put right",
       count(*) FILTER (WHERE b.what = 'inserted') AS inserted,
       (SELECT count(*) FROM quarantined q WHERE q.entity = e.name) AS held
FROM entities e
JOIN manifest ON true JOIN jsonb_each(content -> 'counts') c ON c.key = e.name
LEFT JOIN became b ON b.entity = e.name
GROUP BY e.number, e.name, c.value ORDER BY e.number;

SELECT count(*) = 0 AS agrees, (SELECT count(*) FROM plants) AS plants FROM disagreements \gset
\if :agrees
\echo 'Every row is where it should be, and so are all' :plants 'entries of the manifest.'
\else
SELECT what, entity, detail, count(*) AS rows, (array_agg(id ORDER BY id))[1:5] AS such_as
FROM disagreements GROUP BY what, entity, detail ORDER BY what, entity, detail;
DO $$ BEGIN RAISE 'the target is not what the legacy database and the manifest say'; END $$;
\endif
