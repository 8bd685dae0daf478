-- ref_to_itself: 1 entity, parents first; fingerprint bfdcc45b17657add


-- ======================================================================
-- nodes, rehome.yaml:8: public.node -> public.nodes
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.node;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (n.id)::int4 AS k1
FROM public.node AS n
WHERE true
ORDER BY (n.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.node AS n WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.code, n.parent_code, n.parent_id))), '-5069820993876822202'::bigint)), 0)::text
FROM public.node AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.code, n.parent_code, n.parent_id))), '-5069820993876822202'::bigint)
FROM public.node AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: legacy_id, rehome.yaml:11
--   field 5: code, rehome.yaml:14
--   field 6: parent_code, rehome.yaml:15
--   field 7: parent_id, the key of nodes, rehome.yaml:13
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.code, n.parent_code, n.parent_id))), '-5069820993876822202'::bigint),
  0::int4,
  ((n.id))::int4,
  ((n.code))::text,
  ((n.parent_code))::text,
  ((n.parent_id))::int4
FROM public.node AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (n.id)::int4::text
FROM public.node AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.code, n.parent_code, n.parent_id))), '-5069820993876822202'::bigint),
  0::int4,
  ((n.id))::int4,
  ((n.code))::text,
  ((n.parent_code))::text,
  ((n.parent_id))::int4
FROM public.node AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((n.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.code, n.parent_code, n.parent_id))), '-5069820993876822202'::bigint), 0::int4, ((n.id))::int4, ((n.code))::text, ((n.parent_code))::text, ((n.parent_id))::int4) AS d
FROM public.node AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (n.id)::int4::text FROM public.node AS n WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (n.id)::int4::text, json_object(ARRAY['id', 'parent_id', 'code', 'parent_code']::text[], ARRAY[n.id::text, n.parent_id::text, n.code::text, n.parent_code::text]::text[])::text
FROM public.node AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.nodes (id, legacy_id, parent_id, code, parent_code) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.parent_id, t.code, t.parent_code))), '0'::bigint)
FROM public.nodes AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  legacy_id int4,
  parent_id uuid,
  code text,
  parent_code text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, legacy_id, parent_id, code, parent_code) FROM STDIN (FORMAT binary);

-- target: finds rows that nodes_parent_code_fkey refuses
--   rehome.yaml:15
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.parent_code IS NULL) AND NOT EXISTS (SELECT 1 FROM public.nodes AS r WHERE r.code = s.parent_code) AND NOT EXISTS (SELECT 1 FROM pg_temp.staged AS o WHERE o.refusal IS NULL AND o.code = s.parent_code);

-- target: finds rows that nodes_parent_id_fkey refuses
--   rehome.yaml:13
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.parent_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.nodes AS r WHERE r.id = s.parent_id) AND NOT EXISTS (SELECT 1 FROM pg_temp.staged AS o WHERE o.refusal IS NULL AND o.id = s.parent_id);

-- target: finds rows that nodes_code_key refuses
--   rehome.yaml:14
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.code IS NULL) AND EXISTS (SELECT 1 FROM public.nodes AS r WHERE r.code = s.code);

-- target: finds rows that nodes_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 3 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.nodes AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.nodes (id, legacy_id, parent_id, code, parent_code)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.legacy_id, s.parent_id, s.code, s.parent_code
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.nodes AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.parent_id, t.code, t.parent_code))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_id)) IS DISTINCT FROM record_send(ROW(s.legacy_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.parent_id)) IS DISTINCT FROM record_send(ROW(s.parent_id)) THEN 2 END,
  CASE WHEN record_send(ROW(t.code)) IS DISTINCT FROM record_send(ROW(s.code)) THEN 3 END,
  CASE WHEN record_send(ROW(t.parent_code)) IS DISTINCT FROM record_send(ROW(s.parent_code)) THEN 4 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.nodes AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.nodes AS t
SET legacy_id = s.legacy_id,
  parent_id = s.parent_id,
  code = s.code,
  parent_code = s.parent_code
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
