-- Holds the target of t0 against its manifest, both ways, by the derivation of check_expected.sql.
-- stages_test.sh calls it on the target, after it made schema checker with copies of the legacy
-- tables. The environment variable MANIFEST names the manifest of t0.
\set ON_ERROR_STOP 1
\set manifest `cat "$MANIFEST"`
\set QUIET 1
SET client_min_messages = warning;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, MDY';
SET search_path = checker;

CREATE TABLE manifest AS SELECT :'manifest'::jsonb AS content;
CREATE TABLE plants AS
SELECT p.* FROM manifest, jsonb_to_recordset(content -> 'plants')
  AS p(entity text, "table" text, id integer, defect text, disposition text, "column" text,
       target_id uuid);
\ir ../check_expected.sql
\ir ../check_found.sql

CREATE TABLE disagreements (what text, entity text, id integer, detail text);

-- What is where a first load would have it, and what is not ----------------------------------------

CREATE TABLE entities (name text, target_column text);
INSERT INTO entities VALUES ('offices', 'legacy_office_id'), ('profiles', 'legacy_user_id'),
  ('doctors', 'legacy_user_id'), ('patients', 'legacy_patient_id'),
  ('orders', 'legacy_instruction_id'), ('messages', 'legacy_record_id'),
  ('files', 'legacy_file_id'), ('message_attachments', NULL);
CREATE TABLE absent (entity text, id integer);
CREATE TABLE surplus (entity text, id integer);
CREATE TABLE twice (entity text, id integer);
CREATE TABLE different (entity text, id integer, "column" text);
DO $$
DECLARE
  entity text;
BEGIN
  FOR entity IN SELECT name FROM entities LOOP
    EXECUTE format('CREATE TABLE seen AS SELECT * FROM found_%s', entity);
    EXECUTE format('INSERT INTO absent SELECT %1$L, legacy_id FROM expected_%1$s
                    EXCEPT SELECT %1$L, legacy_id FROM seen', entity);
    EXECUTE format('INSERT INTO surplus SELECT %1$L, legacy_id FROM seen WHERE legacy_id IS NOT NULL
                    EXCEPT SELECT %1$L, legacy_id FROM expected_%1$s', entity);
    EXECUTE format('INSERT INTO twice SELECT %1$L, legacy_id FROM seen WHERE legacy_id IS NOT NULL
                    GROUP BY legacy_id HAVING count(*) > 1', entity);
    EXECUTE format($sql$
      INSERT INTO different
      SELECT DISTINCT %1$L, e.legacy_id, was.key
      FROM expected_%1$s e
      JOIN seen s USING (legacy_id)
      CROSS JOIN LATERAL jsonb_each(to_jsonb(e) - 'audit') was
      JOIN LATERAL jsonb_each(to_jsonb(s)) now ON now.key = was.key AND now.value <> was.value
      $sql$, entity);
    EXECUTE 'DROP TABLE seen';
  END LOOP;
END $$;

CREATE TABLE told AS
SELECT entity, id, defect, disposition,
       CASE "column" WHEN 'primary_office_id' THEN 'primary_office_of'
                     WHEN 'primary_doctor_id' THEN 'primary_doctor_of'
                     WHEN 'assigned_office_id' THEN 'assigned_office_of'
                     WHEN 'office_id' THEN 'office_of' WHEN 'order_id' THEN 'order_of'
                     ELSE "column" END AS "column", target_id
FROM plants;

CREATE FUNCTION compare(what text, seen text, listed text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO disagreements SELECT %L, x.* FROM (%s EXCEPT %s) x',
                 what || ': true, not in the manifest', seen, listed);
  EXECUTE format('INSERT INTO disagreements SELECT %L, x.* FROM (%s EXCEPT %s) x',
                 what || ': in the manifest, not true', listed, seen);
END $$;

\o /dev/null
SELECT compare('absent',
  'SELECT entity, id, NULL FROM absent',
  $$SELECT entity, id, NULL FROM told WHERE defect = 'absent' AND disposition = 'inserted'$$);
-- Who is absent and would be held anyway: not in the target, not expected.
SELECT compare('absent and held',
  $$SELECT entity, id, NULL FROM held h WHERE NOT EXISTS
      (SELECT FROM surplus s WHERE (s.entity, s.id) = (h.entity, h.id))$$,
  $$SELECT entity, id, NULL FROM told WHERE defect = 'absent' AND disposition = 'held'$$);
SELECT compare('surplus',
  'SELECT entity, id, NULL FROM surplus',
  $$SELECT DISTINCT entity, id, NULL FROM told t
    WHERE defect IN ('made_up', 'deleted_order', 'taken_for_doctor', 'source_deleted')
       OR defect = 'parent_made_up'
          AND EXISTS (SELECT FROM held h WHERE (h.entity, h.id) = (t.entity, t.id))$$);
SELECT compare('different',
  'SELECT entity, id, "column" FROM different',
  $$SELECT entity, id, "column" FROM told t
    WHERE defect IN ('country_us', 'office_lost', 'doctor_lost', 'edited', 'parent_made_up')
      AND NOT EXISTS (SELECT FROM held h WHERE (h.entity, h.id) = (t.entity, t.id))$$);
SELECT compare('twice',
  'SELECT entity, id, NULL FROM twice',
  $$SELECT DISTINCT entity, id, NULL FROM told WHERE defect = 'duplicate_key'$$);
SELECT compare('own',
  $$SELECT 'profiles', NULL::integer, id::text FROM public.profiles WHERE legacy_user_id IS NULL
    UNION ALL SELECT 'orders', NULL, id::text FROM public.orders WHERE legacy_instruction_id IS NULL
    UNION ALL SELECT 'files', NULL, id::text FROM public.files WHERE legacy_file_id IS NULL
    UNION ALL SELECT 'messages', NULL, id::text FROM public.messages WHERE legacy_record_id IS NULL$$,
  $$SELECT entity, id, target_id::text FROM told WHERE disposition = 'own'$$);
SELECT compare('excluded',
  $$SELECT entity, id, NULL FROM surplus s WHERE EXISTS
      (SELECT FROM excluded x WHERE (x.entity, x.id) = (s.entity, s.id))$$,
  $$SELECT entity, id, NULL FROM told WHERE disposition = 'excluded' AND target_id IS NOT NULL$$);
SELECT compare('extra',
  $$SELECT entity, id, NULL FROM surplus s
    WHERE entity = 'messages' AND id NOT IN (SELECT id FROM dispatch_record)
       OR entity = 'profiles' AND id NOT IN (SELECT id FROM auth_user)$$,
  $$SELECT entity, id, NULL FROM told WHERE disposition = 'extra'$$);
\o

-- Every target_id names the row it says ------------------------------------------------------------

DO $$
DECLARE
  each record;
BEGIN
  FOR each IN SELECT * FROM entities WHERE target_column IS NOT NULL LOOP
    EXECUTE format($sql$
      INSERT INTO disagreements
      SELECT 'no such row', entity, p.id, target_id::text
      FROM told p LEFT JOIN public.%1$I t ON t.id = p.target_id
      WHERE entity = %1$L AND target_id IS NOT NULL AND t.%2$I IS DISTINCT FROM p.id
        OR entity = %1$L AND target_id IS NOT NULL AND t.id IS NULL
      $sql$, each.name, each.target_column);
  END LOOP;
END $$;

-- One row, one fate; and the sums of the head are those of the entries -------------------------------

INSERT INTO disagreements
SELECT 'more than one fate', entity, id, string_agg(DISTINCT disposition, ', ')
FROM told WHERE id IS NOT NULL AND disposition <> 'unlinked'
GROUP BY entity, id HAVING count(DISTINCT disposition) > 1;

INSERT INTO disagreements
SELECT 'sum', c.key, NULL, d.disposition || ' ' || d.ids
FROM manifest, jsonb_each(content -> 'counts') c
CROSS JOIN LATERAL (SELECT x AS disposition,
                           (SELECT count(DISTINCT (id, CASE WHEN id IS NULL THEN target_id END))
                            FROM told WHERE entity = c.key AND disposition = x) AS ids
                    FROM unnest(ARRAY['inserted', 'updated', 'held', 'extra', 'own']) x) d
WHERE (c.value ->> d.disposition)::bigint <> d.ids;
INSERT INTO disagreements
SELECT 'sum', key, NULL, 'does not close' FROM manifest, jsonb_each(content -> 'counts') c
WHERE (value ->> 'source')::bigint <>
      (value ->> 'adopted')::bigint + (value ->> 'inserted')::bigint
      + (value ->> 'updated')::bigint + (value ->> 'held')::bigint
      + (SELECT coalesce(sum(x.value::bigint), 0) FROM jsonb_each_text(c.value -> 'excluded') x);
-- The target of an entity: what will be there, and what is there without right.
INSERT INTO disagreements
SELECT 'sum', key, NULL, 'the target has other rows' FROM manifest, jsonb_each(content -> 'counts') c
WHERE (value ->> 'target')::bigint <>
      (value ->> 'adopted')::bigint + (value ->> 'updated')::bigint + (value ->> 'extra')::bigint
      + (value ->> 'own')::bigint
      + (SELECT count(DISTINCT target_id) FROM told
         WHERE entity = c.key AND disposition IN ('held', 'excluded'));

INSERT INTO disagreements
SELECT 'constraint not valid', conrelid::regclass::text, NULL, conname
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated;
INSERT INTO disagreements
SELECT 'trigger disabled', tgrelid::regclass::text, NULL, tgname
FROM pg_trigger WHERE tgenabled <> 'O';

SELECT count(*) = 0 AS agrees FROM disagreements \gset
\if :agrees
\else
SELECT what, entity, detail, count(*), (array_agg(id ORDER BY id))[1:5] AS such_as
FROM disagreements GROUP BY what, entity, detail ORDER BY what, entity, detail LIMIT 60;
DO $$ BEGIN RAISE 'the target of t0 is not what its manifest says'; END $$;
\endif
