-- Judges one run over a source that changes. check_t2.sh calls it, after it derived every row from what
-- the run has seen (schema checker) and from what the run before had seen (checker_before).
\set ON_ERROR_STOP 1
\set QUIET 1
SET client_min_messages = warning;
SET search_path = checker;
SELECT run_id AS run FROM rehome.run ORDER BY run_id DESC LIMIT 1 \gset

CREATE TABLE entities (number serial, name text, "table" text);
INSERT INTO entities (name, "table") VALUES ('offices', 'dispatch_office'), ('profiles', 'auth_user'),
  ('doctors', ''), ('patients', 'dispatch_patient'), ('orders', 'dispatch_instruction'),
  ('messages', 'dispatch_record'), ('files', 'dispatch_file'), ('message_attachments', '');

-- Changed: what the mapping makes of the two states ----------------------------------------------------

-- Audits follow their rows; updated_at of messages belongs to the target.
CREATE TABLE changed (entity text, id integer, what text, columns text[], was jsonb, now jsonb);
-- Values of the target that are not what they should be.
CREATE TABLE wrong (entity text, id integer, column_name text, expected jsonb);
CREATE TABLE found (entity text, id integer);
DO $$
DECLARE
  entity text;
BEGIN
  FOR entity IN SELECT name FROM entities LOOP
    EXECUTE format($sql$
      INSERT INTO changed
      SELECT %1$L, coalesce(w.id, n.id),
             CASE WHEN w.id IS NULL THEN 'inserted' WHEN n.id IS NULL THEN 'gone' ELSE 'updated' END,
             ARRAY(SELECT key FROM jsonb_each(w.content) o JOIN jsonb_each(n.content) p USING (key)
                   WHERE o.value::text <> p.value::text ORDER BY key),
             w.content, n.content
      FROM (SELECT legacy_id AS id, to_jsonb(e) - '{audit,updated_at}'::text[] AS content
            FROM checker_before.expected_%1$s e) w
      FULL JOIN (SELECT legacy_id AS id, to_jsonb(e) - '{audit,updated_at}'::text[] AS content
                 FROM expected_%1$s e) n USING (id)
      WHERE w.content::text IS DISTINCT FROM n.content::text
      $sql$, entity);
    EXECUTE format($sql$
      CREATE TABLE found_now AS SELECT legacy_id AS id, to_jsonb(f) - '{audit,updated_at}'::text[] AS content
      FROM found_%1$s f
      $sql$, entity);
    ANALYZE found_now;
    INSERT INTO found SELECT entity, id FROM found_now;
    EXECUTE format($sql$
      INSERT INTO wrong
      SELECT %1$L, f.id, o.key, o.value
      FROM found_now f
      JOIN (SELECT legacy_id AS id, to_jsonb(e) - '{audit,updated_at}'::text[] AS content
            FROM expected_%1$s e) n USING (id)
      CROSS JOIN LATERAL jsonb_each(n.content) o JOIN LATERAL jsonb_each(f.content) p USING (key)
      WHERE n.content::text <> f.content::text AND o.value::text <> p.value::text
      $sql$, entity);
    DROP TABLE found_now;
  END LOOP;
END $$;
ALTER TABLE changed ADD PRIMARY KEY (entity, id);
ANALYZE changed, found;

-- What must come of each change ------------------------------------------------------------------------

CREATE TABLE stuck AS
SELECT entity, id FROM checker_before.stuck
UNION
SELECT a.entity, a.id
FROM (VALUES ('profiles', 'username'), ('profiles', 'email'), ('files', 'file_uid')) AS u(entity, name)
JOIN changed a ON a.entity = u.entity AND a.what = 'updated' AND u.name = ANY (a.columns)
JOIN changed b ON b.entity = u.entity AND b.what = 'updated'
  AND a.now ->> u.name = b.was ->> u.name AND b.now ->> u.name = a.was ->> u.name;
CREATE TABLE standing AS
SELECT entity, id FROM checker_before.standing UNION SELECT entity, id FROM changed WHERE what = 'gone'
EXCEPT SELECT entity, id FROM changed WHERE what = 'inserted';

CREATE TABLE must AS
SELECT c.entity, c.id, c.what, c.columns, CASE
         WHEN c.what = 'gone' THEN 'left standing'
         WHEN s.id IS NOT NULL THEN 'kept'
         -- A new file with the uid of one that is gone, and stands.
         WHEN c.what = 'inserted' AND c.entity = 'files' AND EXISTS (
           SELECT FROM public.files f JOIN standing g ON (g.entity, g.id) = ('files', f.legacy_file_id)
           WHERE f.file_uid = c.now ->> 'file_uid') THEN 'held'
         -- The row is as it was, but its parent is gone, and stands: the ref does, too.
         WHEN c.what = 'updated' AND c.columns = '{order_of}' AND c.now ->> 'order_of' IS NULL
           AND EXISTS (SELECT FROM standing g WHERE (g.entity, g.id) = ('orders', (c.was ->> 'order_of')::integer)
                       AND (c.was ->> 'order_of')::integer =
                           (SELECT instruction_id FROM dispatch_file f WHERE f.id = c.id))
           THEN 'ref left standing'
         WHEN c.what = 'updated' AND EXISTS (
           SELECT FROM checker_before.open_refs r WHERE (r.entity, r.id) = (c.entity, c.id)
             AND c.columns = ARRAY[regexp_replace(r.column_name, '_id$', '_of')]) THEN 'ref filled'
         ELSE c.what END AS must
FROM changed c LEFT JOIN stuck s ON (s.entity, s.id) = (c.entity, c.id);

-- Written: whoever has another version than before the run ------------------------------------------------

\ir check_t2_state.sql
CREATE TABLE written AS
SELECT coalesce(n.entity, w.entity) AS entity, coalesce(n.id, w.id) AS id,
       CASE WHEN w.target_id IS NULL THEN 'inserted' WHEN n.target_id IS NULL THEN 'deleted' ELSE 'updated' END
         AS what
FROM version n FULL JOIN checker_before.version w USING (target_id)
WHERE n.version IS DISTINCT FROM w.version;

CREATE TABLE disagreements (what text, entity text, id integer, detail text);
INSERT INTO disagreements
SELECT format('changed, must be %s, was %s', m.must, coalesce(w.what, 'not written')), m.entity, m.id,
       array_to_string(m.columns, ', ')
FROM must m LEFT JOIN written w USING (entity, id)
WHERE CASE m.must WHEN 'ref filled' THEN 'updated' WHEN 'inserted' THEN 'inserted'
                  WHEN 'updated' THEN 'updated' END IS DISTINCT FROM w.what
UNION ALL
SELECT format('%s, and had not changed', w.what), w.entity, w.id, NULL
FROM written w WHERE NOT EXISTS (SELECT FROM must m WHERE (m.entity, m.id) = (w.entity, w.id));

-- What the run leaves: rows, values, quarantine, open refs -------------------------------------------------

CREATE TABLE blocked AS SELECT entity, id FROM must WHERE must = 'held';
INSERT INTO blocked SELECT n.* FROM
  (SELECT 'files' AS entity, e.legacy_id AS id FROM expected_files e
   EXCEPT SELECT entity, id FROM found) n
EXCEPT SELECT * FROM blocked;
INSERT INTO disagreements
SELECT 'expected, not in the target', entity, id, NULL FROM blocked b
WHERE NOT EXISTS (SELECT FROM public.files f
                  JOIN standing g ON (g.entity, g.id) = ('files', f.legacy_file_id)
                  JOIN expected_files e ON e.file_uid = f.file_uid AND e.legacy_id = b.id);
DO $$
DECLARE
  entity text;
BEGIN
  FOR entity IN SELECT name FROM entities LOOP
    EXECUTE format($sql$
      INSERT INTO disagreements
      SELECT 'expected, not in the target', %1$L, id, NULL
      FROM (SELECT legacy_id AS id FROM expected_%1$s EXCEPT SELECT id FROM found WHERE entity = %1$L
            EXCEPT SELECT id FROM blocked WHERE entity = %1$L) x
      UNION ALL
      SELECT 'in the target, not expected', %1$L, id, NULL
      FROM (SELECT id FROM found WHERE entity = %1$L EXCEPT SELECT legacy_id FROM expected_%1$s
            EXCEPT SELECT id FROM standing WHERE entity = %1$L) x
      $sql$, entity);
  END LOOP;
END $$;
INSERT INTO disagreements
SELECT 'not what the source says', entity, id, column_name
FROM wrong w
WHERE NOT EXISTS (SELECT FROM stuck s WHERE (s.entity, s.id) = (w.entity, w.id))
  AND NOT (entity = 'files' AND column_name = 'order_of' AND expected = 'null' AND EXISTS (
    SELECT FROM standing g JOIN dispatch_file f ON f.id = w.id
    WHERE (g.entity, g.id) = ('orders', f.instruction_id)))
UNION ALL
SELECT 'in quarantine, and should not', entity, id, NULL
FROM (SELECT entity, (legacy_key ->> 'id')::integer AS id FROM rehome.quarantine
      EXCEPT (SELECT entity, id FROM held UNION SELECT * FROM stuck UNION SELECT * FROM blocked)) x
UNION ALL
SELECT 'not in quarantine, and should', entity, id, NULL
FROM ((SELECT entity, id FROM held UNION SELECT * FROM stuck UNION SELECT * FROM blocked)
      EXCEPT SELECT entity, (legacy_key ->> 'id')::integer FROM rehome.quarantine) x;

-- Found: the ledger has noted every row that changed places with another, and every JSON text that
-- became another, even if the target stores the same for both.
CREATE TABLE seen AS
SELECT * FROM checker_before.seen
UNION SELECT number, :run FROM step WHERE seen AND number NOT IN (SELECT step FROM checker_before.seen);
CREATE TABLE noted (entity text, id integer);
DO $$
DECLARE
  each record;
BEGIN
  FOR each IN SELECT entity, ledger_table FROM rehome.entity LOOP
    EXECUTE format('INSERT INTO noted SELECT %L, legacy_id FROM %s WHERE written_run =
                    (SELECT max(run_id) FROM rehome.run)', each.entity, each.ledger_table);
  END LOOP;
END $$;
CREATE TABLE rewritten AS
SELECT DISTINCT e.name AS entity, l.id, l.step
FROM log l JOIN seen s ON s.step = l.step AND s.run_id = :run JOIN entities e ON e."table" = l.table_name
WHERE l.step IN (2, 5, 10);
INSERT INTO disagreements
SELECT 'not noted', r.entity, r.id, 'step ' || step
FROM rewritten r WHERE NOT EXISTS (SELECT FROM noted n WHERE (n.entity, n.id) = (r.entity, r.id));

-- The program's own sum ---------------------------------------------------------------------------------------

CREATE TABLE told AS
SELECT e.number, e.name AS entity, a.content,
       count(*) FILTER (WHERE m.must = 'inserted') AS inserted,
       count(*) FILTER (WHERE m.must = 'updated') AS updated,
       count(*) FILTER (WHERE m.must = 'ref filled') AS refs_filled,
       count(*) FILTER (WHERE m.must = 'left standing') AS gone,
       (SELECT count(*) FROM written w WHERE w.entity = e.name) AS written
FROM entities e LEFT JOIN must m ON m.entity = e.name
LEFT JOIN (SELECT c ->> 'name' AS entity, c AS content
           FROM rehome.run, jsonb_array_elements(accounting -> 'entities') c WHERE run_id = :run) a
  ON a.entity = e.name
GROUP BY e.number, e.name, a.content;
INSERT INTO disagreements
SELECT 'the sum says ' || s.name, t.entity, NULL, format('%s, not %s', t.content ->> s.name, s.rows)
FROM told t
CROSS JOIN LATERAL (VALUES
  ('inserted', t.inserted), ('updated', t.updated),
  ('kept', (SELECT count(*) FROM stuck s WHERE s.entity = t.entity)),
  ('gone', (SELECT count(*) FROM standing g WHERE g.entity = t.entity))) AS s(name, rows)
WHERE (t.content ->> s.name)::bigint IS DISTINCT FROM s.rows
UNION ALL
SELECT 'the sum does not close', NULL, run_id, state FROM rehome.run
WHERE run_id = :run AND (accounting ->> 'closed')::boolean IS NOT true;

-- The verdict -----------------------------------------------------------------------------------------------

\pset footer off
\echo
\echo 'Run' :run 'has seen for the first time:'
SELECT s.number AS step, s.what, (SELECT count(*) FROM log l WHERE l.step = s.number) AS rows
FROM step s JOIN seen n ON n.step = s.number AND n.run_id = :run ORDER BY s.ended_at;
SELECT count(*) FILTER (WHERE s.seen) AS seen, count(*) FILTER (WHERE NOT s.seen) AS later,
       count(*) FILTER (WHERE s.ended_at BETWEEN r.started_at AND r.finished_at) AS during
FROM step s, rehome.run r WHERE r.run_id = :run \gset
\echo :during 'steps were committed while it ran;' :later 'are for the next.'
\echo
\echo 'Changed for it, and written by it:'
SELECT entity, inserted AS "new", updated AS changed, refs_filled AS "refs filled", written AS "rows written",
       (SELECT count(*) FROM must m WHERE m.entity = t.entity AND must = 'kept') AS kept,
       gone AS "gone, left standing"
FROM told t ORDER BY number;

\echo 'Rows that changed places, and JSON texts that changed: what the target stores of them is'
SELECT s.what, count(*) AS found, count(w.id) AS written, count(t.id) AS "kept: a unique value changed places",
       count(*) FILTER (WHERE w.id IS NULL AND t.id IS NULL) AS "the same as before"
FROM rewritten r JOIN step s ON s.number = r.step
LEFT JOIN written w ON (w.entity, w.id) = (r.entity, r.id)
LEFT JOIN stuck t ON (t.entity, t.id) = (r.entity, r.id)
GROUP BY s.number, s.what ORDER BY s.number;

SELECT count(*) = 0 AS agrees FROM disagreements \gset
\if :agrees
\echo 'Rows written are rows changed, not one more.'
\else
SELECT what, entity, detail, count(*) AS rows, (array_agg(id ORDER BY id))[1:5] AS such_as
FROM disagreements GROUP BY what, entity, detail ORDER BY what, entity, detail;
DO $$ BEGIN RAISE 'the run did not do what had changed for it'; END $$;
\endif
