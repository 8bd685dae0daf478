-- leaving: 3 entities, parents first; fingerprint f8d3453ecf586500


-- ======================================================================
-- notes, rehome.yaml:23: public.note -> public.notes
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.note;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (n.id)::int8 AS k1
FROM public.note AS n
WHERE true
ORDER BY (n.id)::int8 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.note AS n WHERE (n.id)::int8 > '0'::int8 AND (n.id)::int8 <= '1000'::int8;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((n.id)::int8, n.words))), '2603388824753667977'::bigint)), 0)::text
FROM public.note AS n
WHERE (n.id)::int8 > '0'::int8 AND (n.id)::int8 <= '1000'::int8;

-- source: lists keys and hashes of a batch
COPY (SELECT (n.id)::int8, hash_record_extended(ROW(record_send(ROW((n.id)::int8, n.words))), '2603388824753667977'::bigint)
FROM public.note AS n
WHERE (n.id)::int8 > '0'::int8 AND (n.id)::int8 <= '1000'::int8) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: words, rehome.yaml:32
COPY (SELECT (n.id)::int8,
  hash_record_extended(ROW(record_send(ROW((n.id)::int8, n.words))), '2603388824753667977'::bigint),
  0::int4,
  ((n.words))::text
FROM public.note AS n
WHERE (n.id)::int8 > '0'::int8 AND (n.id)::int8 <= '1000'::int8 ORDER BY (n.id)::int8) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (n.id)::int8::text
FROM public.note AS n
WHERE (n.id)::int8 > '0'::int8 AND (n.id)::int8 <= '1000'::int8 ORDER BY (n.id)::int8;

-- source: derives some rows, without one that failed
COPY (SELECT (n.id)::int8,
  hash_record_extended(ROW(record_send(ROW((n.id)::int8, n.words))), '2603388824753667977'::bigint),
  0::int4,
  ((n.words))::text
FROM public.note AS n
WHERE (n.id)::int8 = ANY ('{"1","2"}'::int8[]) AND NOT ((n.id)::int8 = ANY ('{"1"}'::int8[])) ORDER BY (n.id)::int8) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((n.id)::int8, hash_record_extended(ROW(record_send(ROW((n.id)::int8, n.words))), '2603388824753667977'::bigint), 0::int4, ((n.words))::text) AS d
FROM public.note AS n
WHERE (n.id)::int8 = ANY ('{"1","2"}'::int8[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (n.id)::int8::text FROM public.note AS n WHERE (n.id)::int8 = ANY ('{"1","2"}'::int8[]);

-- source: reads the images of held rows
SELECT (n.id)::int8::text, json_object(ARRAY['id', 'words']::text[], ARRAY[n.id::text, n.words::text]::text[])::text
FROM public.note AS n
WHERE (n.id)::int8 = ANY ('{"1","2"}'::int8[]);

-- target: takes rows
COPY public.notes (id, words) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.words))), '0'::bigint)
FROM public.notes AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  words text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, words) FROM STDIN (FORMAT binary);

-- target: finds rows that notes_pkey refuses
--   rehome.yaml:25
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.notes AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.notes (id, words)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.words
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.notes AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.words))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.words)) IS DISTINCT FROM record_send(ROW(s.words)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.notes AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.notes AS t
SET words = s.words
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;

-- target: makes a table for the keys of rows that are gone
CREATE TEMPORARY TABLE leaving_notes (
  legacy_id int8,
  target_id uuid,
  refusal integer
) ON COMMIT DROP;

-- target: locks these rows
SELECT FROM pg_temp.leaving_notes AS g JOIN public.notes AS t ON t.id = g.target_id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: marks what is left
UPDATE public.notes AS t SET archived = true, archived_at = 'now', stage = 'closed', words = NULL
FROM pg_temp.leaving_notes AS g WHERE g.refusal IS NULL AND t.id = g.target_id;


-- ======================================================================
-- patients, rehome.yaml:8: public.patient -> public.patients
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.patient;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (p.id)::int4 AS k1
FROM public.patient AS p
WHERE true
ORDER BY (p.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.patient AS p WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.boss_id, p.id, p.last_visit_id))), '-8318227904563523354'::bigint)), 0)::text
FROM public.patient AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.boss_id, p.id, p.last_visit_id))), '-8318227904563523354'::bigint)
FROM public.patient AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: legacy_id, rehome.yaml:11
--   field 5: last_visit_id, the key of visits, rehome.yaml:14
--   field 7: boss_id, the key of patients, rehome.yaml:15
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.boss_id, p.id, p.last_visit_id))), '-8318227904563523354'::bigint),
  0::int4,
  ((p.id))::int4,
  ((p.id))::int4,
  ((p.last_visit_id))::int4,
  ((p.boss_id))::int4
FROM public.patient AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (p.id)::int4::text
FROM public.patient AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.boss_id, p.id, p.last_visit_id))), '-8318227904563523354'::bigint),
  0::int4,
  ((p.id))::int4,
  ((p.id))::int4,
  ((p.last_visit_id))::int4,
  ((p.boss_id))::int4
FROM public.patient AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((p.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.boss_id, p.id, p.last_visit_id))), '-8318227904563523354'::bigint), 0::int4, ((p.id))::int4, ((p.id))::int4, ((p.last_visit_id))::int4, ((p.boss_id))::int4) AS d
FROM public.patient AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (p.id)::int4::text FROM public.patient AS p WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (p.id)::int4::text, json_object(ARRAY['id', 'last_visit_id', 'boss_id']::text[], ARRAY[p.id::text, p.last_visit_id::text, p.boss_id::text]::text[])::text
FROM public.patient AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.patients (id, legacy_id, last_visit_id, boss_id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.last_visit_id, t.boss_id))), '0'::bigint)
FROM public.patients AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  legacy_id int4,
  last_visit_id uuid,
  boss_id uuid
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, legacy_id, last_visit_id, boss_id) FROM STDIN (FORMAT binary);

-- target: finds rows that patients_boss_id_fkey refuses
--   rehome.yaml:15
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.boss_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.patients AS r WHERE r.id = s.boss_id) AND NOT EXISTS (SELECT 1 FROM pg_temp.staged AS o WHERE o.refusal IS NULL AND o.id = s.boss_id);

-- target: finds rows that patients_last_visit_id_fkey refuses
--   rehome.yaml:14
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.last_visit_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.visits AS r WHERE r.id = s.last_visit_id);

-- target: finds rows that patients_id_legacy_id_key refuses
--   rehome.yaml:10
--   rehome.yaml:11
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL OR s.legacy_id IS NULL) AND EXISTS (SELECT 1 FROM public.patients AS r WHERE r.id = s.id AND r.legacy_id = s.legacy_id);

-- target: finds rows that patients_legacy_id_key refuses
--   rehome.yaml:11
UPDATE pg_temp.staged AS s SET refusal = 3 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.legacy_id IS NULL) AND EXISTS (SELECT 1 FROM public.patients AS r WHERE r.legacy_id = s.legacy_id);

-- target: finds rows that patients_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 4 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.patients AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.patients (id, legacy_id, last_visit_id, boss_id)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.legacy_id, s.last_visit_id, s.boss_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.patients AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.last_visit_id, t.boss_id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_id)) IS DISTINCT FROM record_send(ROW(s.legacy_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.last_visit_id)) IS DISTINCT FROM record_send(ROW(s.last_visit_id)) THEN 2 END,
  CASE WHEN record_send(ROW(t.boss_id)) IS DISTINCT FROM record_send(ROW(s.boss_id)) THEN 3 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.patients AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.patients AS t
SET legacy_id = s.legacy_id,
  last_visit_id = s.last_visit_id,
  boss_id = s.boss_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;

-- target: makes a table for the keys of rows that are gone
CREATE TEMPORARY TABLE leaving_patients (
  legacy_id int4,
  target_id uuid,
  refusal integer
) ON COMMIT DROP;

-- target: locks these rows
SELECT FROM pg_temp.leaving_patients AS g JOIN public.patients AS t ON t.id = g.target_id
ORDER BY t.id
FOR UPDATE OF t;

-- target: keeps those that rows of public."Invoice lines" refer to
UPDATE pg_temp.leaving_patients AS g SET refusal = 0
FROM public.patients AS t
WHERE g.refusal IS NULL AND t.id = g.target_id
  AND EXISTS (SELECT FROM public."Invoice lines" AS r WHERE r."Patient" = t.id AND r.legacy = t.legacy_id);

-- target: names the rows of public."Invoice lines" that refer to them
SELECT g.legacy_id::text, f.first_key, f.others
FROM pg_temp.leaving_patients AS g JOIN public.patients AS t ON t.id = g.target_id
CROSS JOIN LATERAL (SELECT jsonb_build_object('Order', r."Order"::text, 'line', r.line::text)::text AS first_key, count(*) OVER () - 1 AS others
  FROM public."Invoice lines" AS r WHERE r."Patient" = t.id AND r.legacy = t.legacy_id ORDER BY r."Order", r.line LIMIT 1) AS f
WHERE g.refusal = 0;

-- target: keeps those that rows of public.patients refer to
UPDATE pg_temp.leaving_patients AS g SET refusal = 1
FROM public.patients AS t
WHERE g.refusal IS NULL AND t.id = g.target_id
  AND EXISTS (SELECT FROM public.patients AS r WHERE r.boss_id = t.id AND NOT EXISTS (SELECT FROM pg_temp.leaving_patients AS h WHERE h.refusal IS NULL AND r.id = h.target_id));

-- target: names the rows of public.patients that refer to them
SELECT g.legacy_id::text, f.first_key, f.others
FROM pg_temp.leaving_patients AS g JOIN public.patients AS t ON t.id = g.target_id
CROSS JOIN LATERAL (SELECT jsonb_build_object('id', r.id::text)::text AS first_key, count(*) OVER () - 1 AS others
  FROM public.patients AS r WHERE r.boss_id = t.id AND NOT EXISTS (SELECT FROM pg_temp.leaving_patients AS h WHERE h.refusal IS NULL AND r.id = h.target_id) ORDER BY r.id LIMIT 1) AS f
WHERE g.refusal = 1;

-- target: keeps those that rows of public.visits refer to
UPDATE pg_temp.leaving_patients AS g SET refusal = 2
FROM public.patients AS t
WHERE g.refusal IS NULL AND t.id = g.target_id
  AND EXISTS (SELECT FROM public.visits AS r WHERE r.patient_id = t.id);

-- target: names the rows of public.visits that refer to them
SELECT g.legacy_id::text, f.first_key, f.others
FROM pg_temp.leaving_patients AS g JOIN public.patients AS t ON t.id = g.target_id
CROSS JOIN LATERAL (SELECT jsonb_build_object('id', r.id::text)::text AS first_key, count(*) OVER () - 1 AS others
  FROM public.visits AS r WHERE r.patient_id = t.id ORDER BY r.id LIMIT 1) AS f
WHERE g.refusal = 2;

-- target: keeps those that rows of billing.accounts refer to
UPDATE pg_temp.leaving_patients AS g SET refusal = 3
FROM public.patients AS t
WHERE g.refusal IS NULL AND t.id = g.target_id
  AND EXISTS (SELECT FROM billing.accounts AS r WHERE r.patient_id = t.id);

-- target: names the rows of billing.accounts that refer to them
SELECT g.legacy_id::text, f.first_key, f.others
FROM pg_temp.leaving_patients AS g JOIN public.patients AS t ON t.id = g.target_id
CROSS JOIN LATERAL (SELECT jsonb_build_object()::text AS first_key, count(*) OVER () - 1 AS others
  FROM billing.accounts AS r WHERE r.patient_id = t.id LIMIT 1) AS f
WHERE g.refusal = 3;

-- target: deletes what is left
--   together with gone rows of visits that refer to them
WITH removed_patients AS (
  DELETE FROM public.patients AS t USING pg_temp.leaving_patients AS g WHERE g.refusal IS NULL AND t.id = g.target_id RETURNING 1)
SELECT (SELECT count(*) FROM removed_patients);


-- ======================================================================
-- visits, rehome.yaml:16: public.visit -> public.visits
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.visit;

-- source: cuts the keys into ranges
SELECT ending.k1::text, ending.k2::text
FROM (SELECT (v.patient_id)::int4 AS k1, (v.number)::int4 AS k2
FROM public.visit AS v
WHERE true
ORDER BY (v.patient_id)::int4, (v.number)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.visit AS v WHERE ((v.patient_id)::int4, (v.number)::int4) > ('0'::int4, '0'::int4) AND ((v.patient_id)::int4, (v.number)::int4) <= ('1000'::int4, '1000'::int4);

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((v.patient_id)::int4, (v.number)::int4, v.note, v.patient_id))), '3380529863063281992'::bigint)), 0)::text
FROM public.visit AS v
WHERE ((v.patient_id)::int4, (v.number)::int4) > ('0'::int4, '0'::int4) AND ((v.patient_id)::int4, (v.number)::int4) <= ('1000'::int4, '1000'::int4);

-- source: lists keys and hashes of a batch
COPY (SELECT (v.patient_id)::int4, (v.number)::int4, hash_record_extended(ROW(record_send(ROW((v.patient_id)::int4, (v.number)::int4, v.note, v.patient_id))), '3380529863063281992'::bigint)
FROM public.visit AS v
WHERE ((v.patient_id)::int4, (v.number)::int4) > ('0'::int4, '0'::int4) AND ((v.patient_id)::int4, (v.number)::int4) <= ('1000'::int4, '1000'::int4)) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 5: legacy_patient_id, rehome.yaml:19
--   field 6: legacy_number, rehome.yaml:19
--   field 7: note, rehome.yaml:22
--   field 8: patient_id, the key of patients, rehome.yaml:21
COPY (SELECT (v.patient_id)::int4,
  (v.number)::int4,
  hash_record_extended(ROW(record_send(ROW((v.patient_id)::int4, (v.number)::int4, v.note, v.patient_id))), '3380529863063281992'::bigint),
  0::int4,
  ((v.patient_id))::int4,
  ((v.number))::int4,
  ((v.note))::text,
  ((v.patient_id))::int4
FROM public.visit AS v
WHERE ((v.patient_id)::int4, (v.number)::int4) > ('0'::int4, '0'::int4) AND ((v.patient_id)::int4, (v.number)::int4) <= ('1000'::int4, '1000'::int4) ORDER BY (v.patient_id)::int4, (v.number)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (v.patient_id)::int4::text, (v.number)::int4::text
FROM public.visit AS v
WHERE ((v.patient_id)::int4, (v.number)::int4) > ('0'::int4, '0'::int4) AND ((v.patient_id)::int4, (v.number)::int4) <= ('1000'::int4, '1000'::int4) ORDER BY (v.patient_id)::int4, (v.number)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (v.patient_id)::int4,
  (v.number)::int4,
  hash_record_extended(ROW(record_send(ROW((v.patient_id)::int4, (v.number)::int4, v.note, v.patient_id))), '3380529863063281992'::bigint),
  0::int4,
  ((v.patient_id))::int4,
  ((v.number))::int4,
  ((v.note))::text,
  ((v.patient_id))::int4
FROM public.visit AS v
WHERE ((v.patient_id)::int4, (v.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4)) AND NOT (((v.patient_id)::int4, (v.number)::int4) IN (VALUES ('1'::int4, '1'::int4))) ORDER BY (v.patient_id)::int4, (v.number)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((v.patient_id)::int4, (v.number)::int4, hash_record_extended(ROW(record_send(ROW((v.patient_id)::int4, (v.number)::int4, v.note, v.patient_id))), '3380529863063281992'::bigint), 0::int4, ((v.patient_id))::int4, ((v.number))::int4, ((v.note))::text, ((v.patient_id))::int4) AS d
FROM public.visit AS v
WHERE ((v.patient_id)::int4, (v.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4)) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (v.patient_id)::int4::text, (v.number)::int4::text FROM public.visit AS v WHERE ((v.patient_id)::int4, (v.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4));

-- source: reads the images of held rows
SELECT (v.patient_id)::int4::text, (v.number)::int4::text, json_object(ARRAY['patient_id', 'number', 'note']::text[], ARRAY[v.patient_id::text, v.number::text, v.note::text]::text[])::text
FROM public.visit AS v
WHERE ((v.patient_id)::int4, (v.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4));

-- target: takes rows
COPY public.visits (id, legacy_patient_id, legacy_number, patient_id, note) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_patient_id, t.legacy_number, t.patient_id, t.note))), '0'::bigint)
FROM public.visits AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  legacy_patient_id int4,
  legacy_number int4,
  patient_id uuid,
  note text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, legacy_patient_id, legacy_number, patient_id, note) FROM STDIN (FORMAT binary);

-- target: finds rows that visits_patient_id_fkey refuses
--   rehome.yaml:21
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.patient_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.patients AS r WHERE r.id = s.patient_id);

-- target: finds rows that visits_pkey refuses
--   rehome.yaml:18
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.visits AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.visits (id, legacy_patient_id, legacy_number, patient_id, note)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.legacy_patient_id, s.legacy_number, s.patient_id, s.note
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.visits AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_patient_id, t.legacy_number, t.patient_id, t.note))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_patient_id)) IS DISTINCT FROM record_send(ROW(s.legacy_patient_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.legacy_number)) IS DISTINCT FROM record_send(ROW(s.legacy_number)) THEN 2 END,
  CASE WHEN record_send(ROW(t.patient_id)) IS DISTINCT FROM record_send(ROW(s.patient_id)) THEN 3 END,
  CASE WHEN record_send(ROW(t.note)) IS DISTINCT FROM record_send(ROW(s.note)) THEN 4 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.visits AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.visits AS t
SET legacy_patient_id = s.legacy_patient_id,
  legacy_number = s.legacy_number,
  patient_id = s.patient_id,
  note = s.note
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;

-- target: makes a table for the keys of rows that are gone
CREATE TEMPORARY TABLE leaving_visits (
  legacy_patient_id int4,
  legacy_number int4,
  target_id uuid,
  refusal integer
) ON COMMIT DROP;

-- target: locks these rows
SELECT FROM pg_temp.leaving_visits AS g JOIN public.visits AS t ON t.id = g.target_id
ORDER BY t.id
FOR UPDATE OF t;

-- target: keeps those that rows of public.parts refer to
UPDATE pg_temp.leaving_visits AS g SET refusal = 0
FROM public.visits AS t
WHERE g.refusal IS NULL AND t.id = g.target_id
  AND EXISTS (SELECT FROM public.parts AS r WHERE r.visit_id = t.id);

-- target: names the rows of public.parts that refer to them
SELECT g.legacy_patient_id::text, g.legacy_number::text, f.first_key, f.others
FROM pg_temp.leaving_visits AS g JOIN public.visits AS t ON t.id = g.target_id
CROSS JOIN LATERAL (SELECT jsonb_build_object()::text AS first_key, count(*) OVER () - 1 AS others
  FROM public.parts AS r WHERE r.visit_id = t.id LIMIT 1) AS f
WHERE g.refusal = 0;

-- target: keeps those that rows of public.patients refer to
UPDATE pg_temp.leaving_visits AS g SET refusal = 1
FROM public.visits AS t
WHERE g.refusal IS NULL AND t.id = g.target_id
  AND EXISTS (SELECT FROM public.patients AS r WHERE r.last_visit_id = t.id);

-- target: names the rows of public.patients that refer to them
SELECT g.legacy_patient_id::text, g.legacy_number::text, f.first_key, f.others
FROM pg_temp.leaving_visits AS g JOIN public.visits AS t ON t.id = g.target_id
CROSS JOIN LATERAL (SELECT jsonb_build_object('id', r.id::text)::text AS first_key, count(*) OVER () - 1 AS others
  FROM public.patients AS r WHERE r.last_visit_id = t.id ORDER BY r.id LIMIT 1) AS f
WHERE g.refusal = 1;

-- target: deletes what is left
--   together with gone rows of patients that refer to them
WITH removed_visits AS (
  DELETE FROM public.visits AS t USING pg_temp.leaving_visits AS g WHERE g.refusal IS NULL AND t.id = g.target_id RETURNING 1)
SELECT (SELECT count(*) FROM removed_visits);
