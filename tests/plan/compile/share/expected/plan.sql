-- share: 2 entities, parents first; fingerprint 4799a839c13451ac


-- ======================================================================
-- comments, rehome.yaml:8: public.comment -> public.remarks
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.comment;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (c.id)::int4 AS k1
FROM public.comment AS c
WHERE true
ORDER BY (c.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.comment AS c WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.text))), '5736652993982123241'::bigint)), 0)::text
FROM public.comment AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.text))), '5736652993982123241'::bigint)
FROM public.comment AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: legacy_id, rehome.yaml:8
--   field 5: legacy_table, rehome.yaml:8
--   field 6: shown, rehome.yaml:8
--   field 7: text, rehome.yaml:8
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.text))), '5736652993982123241'::bigint),
  0::int4,
  ((c.id))::int4,
  ('comment'::text)::text,
  (('true'::text)::text)::bool,
  ((c.text))::text
FROM public.comment AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (c.id)::int4::text
FROM public.comment AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.text))), '5736652993982123241'::bigint),
  0::int4,
  ((c.id))::int4,
  ('comment'::text)::text,
  (('true'::text)::text)::bool,
  ((c.text))::text
FROM public.comment AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((c.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.text))), '5736652993982123241'::bigint), 0::int4, ((c.id))::int4, ('comment'::text)::text, (('true'::text)::text)::bool, ((c.text))::text) AS d
FROM public.comment AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (c.id)::int4::text FROM public.comment AS c WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (c.id)::int4::text, json_object(ARRAY['id', 'text']::text[], ARRAY[c.id::text, c.text::text]::text[])::text
FROM public.comment AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.remarks (id, legacy_id, legacy_table, shown, text) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.legacy_table::text, t.shown, t.text))), '0'::bigint)
FROM public.remarks AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  legacy_id int4,
  legacy_table text,
  shown bool,
  text text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, legacy_id, legacy_table, shown, text) FROM STDIN (FORMAT binary);

-- target: finds rows that remarks_legacy_table_legacy_id_key refuses
--   rehome.yaml:8
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.legacy_table IS NULL OR s.legacy_id IS NULL) AND EXISTS (SELECT 1 FROM public.remarks AS r WHERE r.legacy_table = s.legacy_table::public.origin AND r.legacy_id = s.legacy_id);

-- target: finds rows that remarks_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.remarks AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.remarks (id, legacy_id, legacy_table, shown, text)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.legacy_id, s.legacy_table::public.origin, s.shown, s.text
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.remarks AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.legacy_table::text, t.shown, t.text))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_id)) IS DISTINCT FROM record_send(ROW(s.legacy_id)) THEN 1 END,
  CASE WHEN t.legacy_table::text IS DISTINCT FROM s.legacy_table::text THEN 2 END,
  CASE WHEN record_send(ROW(t.shown)) IS DISTINCT FROM record_send(ROW(s.shown)) THEN 3 END,
  CASE WHEN record_send(ROW(t.text)) IS DISTINCT FROM record_send(ROW(s.text)) THEN 4 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.remarks AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.remarks AS t
SET legacy_id = s.legacy_id,
  legacy_table = s.legacy_table::public.origin,
  shown = s.shown,
  text = s.text
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- notes, rehome.yaml:9: public.note -> public.remarks
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.note;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (n.id)::int4 AS k1
FROM public.note AS n
WHERE true
ORDER BY (n.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.note AS n WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.text))), '5414232134090240418'::bigint)), 0)::text
FROM public.note AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.text))), '5414232134090240418'::bigint)
FROM public.note AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: legacy_id, rehome.yaml:9
--   field 5: legacy_table, rehome.yaml:9
--   field 6: text, rehome.yaml:9
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.text))), '5414232134090240418'::bigint),
  0::int4,
  ((n.id))::int4,
  ('note'::text)::text,
  ((n.text))::text
FROM public.note AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (n.id)::int4::text
FROM public.note AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.text))), '5414232134090240418'::bigint),
  0::int4,
  ((n.id))::int4,
  ('note'::text)::text,
  ((n.text))::text
FROM public.note AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((n.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.text))), '5414232134090240418'::bigint), 0::int4, ((n.id))::int4, ('note'::text)::text, ((n.text))::text) AS d
FROM public.note AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (n.id)::int4::text FROM public.note AS n WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (n.id)::int4::text, json_object(ARRAY['id', 'text']::text[], ARRAY[n.id::text, n.text::text]::text[])::text
FROM public.note AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.remarks (id, legacy_id, legacy_table, text) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.legacy_table::text, t.text))), '0'::bigint)
FROM public.remarks AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  legacy_id int4,
  legacy_table text,
  text text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, legacy_id, legacy_table, text) FROM STDIN (FORMAT binary);

-- target: finds rows that remarks_legacy_table_legacy_id_key refuses
--   rehome.yaml:9
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.legacy_table IS NULL OR s.legacy_id IS NULL) AND EXISTS (SELECT 1 FROM public.remarks AS r WHERE r.legacy_table = s.legacy_table::public.origin AND r.legacy_id = s.legacy_id);

-- target: finds rows that remarks_pkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.remarks AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.remarks (id, legacy_id, legacy_table, text)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.legacy_id, s.legacy_table::public.origin, s.text
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.remarks AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.legacy_table::text, t.text))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_id)) IS DISTINCT FROM record_send(ROW(s.legacy_id)) THEN 1 END,
  CASE WHEN t.legacy_table::text IS DISTINCT FROM s.legacy_table::text THEN 2 END,
  CASE WHEN record_send(ROW(t.text)) IS DISTINCT FROM record_send(ROW(s.text)) THEN 3 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.remarks AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.remarks AS t
SET legacy_id = s.legacy_id,
  legacy_table = s.legacy_table::public.origin,
  text = s.text
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
