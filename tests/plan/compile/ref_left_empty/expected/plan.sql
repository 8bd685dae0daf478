-- ref_left_empty: 2 entities, parents first; fingerprint bf768b5e44a441c0


-- ======================================================================
-- parents, rehome.yaml:8: public.parent -> public.parents
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.parent;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (p.id)::int4 AS k1
FROM public.parent AS p
WHERE true
ORDER BY (p.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.parent AS p WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-1893238833897194023'::bigint)), 0)::text
FROM public.parent AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-1893238833897194023'::bigint)
FROM public.parent AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:8
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-1893238833897194023'::bigint),
  0::int4,
  ((p.name))::text
FROM public.parent AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (p.id)::int4::text
FROM public.parent AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-1893238833897194023'::bigint),
  0::int4,
  ((p.name))::text
FROM public.parent AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((p.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-1893238833897194023'::bigint), 0::int4, ((p.name))::text) AS d
FROM public.parent AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (p.id)::int4::text FROM public.parent AS p WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (p.id)::int4::text, json_object(ARRAY['id', 'name']::text[], ARRAY[p.id::text, p.name::text]::text[])::text
FROM public.parent AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.parents (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.parents AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that parents_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.parents AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.parents (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.parents AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.parents AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.parents AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- children, rehome.yaml:9: public.child -> public.children
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.child;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (c.id)::int4 AS k1
FROM public.child AS c
WHERE true
ORDER BY (c.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: finds rows that lose a value of children_parent_id_key
--   parent_id, rehome.yaml:13
WITH candidate AS (SELECT (c.id)::int4 AS k1, ((c.parent_id))::int4 AS v1, 0::int4 AS decision
FROM public.child AS c
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.child AS c WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.parent_id))), '-7805852725926681298'::bigint)), 0)::text
FROM public.child AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.parent_id))), '-7805852725926681298'::bigint)
FROM public.child AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: parent_id, the key of parents, rehome.yaml:13
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.parent_id))), '-7805852725926681298'::bigint),
  0::int4,
  ((c.parent_id))::int4
FROM public.child AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (c.id)::int4::text
FROM public.child AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.parent_id))), '-7805852725926681298'::bigint),
  0::int4,
  ((c.parent_id))::int4
FROM public.child AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((c.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.parent_id))), '-7805852725926681298'::bigint), 0::int4, ((c.parent_id))::int4) AS d
FROM public.child AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (c.id)::int4::text FROM public.child AS c WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (c.id)::int4::text, json_object(ARRAY['id', 'parent_id', 'kind', 'other_id']::text[], ARRAY[c.id::text, c.parent_id::text, c.kind::text, c.other_id::text]::text[])::text
FROM public.child AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.children (id, parent_id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.parent_id))), '0'::bigint)
FROM public.children AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  parent_id uuid
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, parent_id) FROM STDIN (FORMAT binary);

-- target: finds rows that children_parent_id_fkey refuses
--   rehome.yaml:13
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.parent_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.parents AS r WHERE r.id = s.parent_id);

-- target: finds rows that children_parent_id_key refuses
--   rehome.yaml:13
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.parent_id IS NULL) AND EXISTS (SELECT 1 FROM public.children AS r WHERE r.parent_id = s.parent_id);

-- target: finds rows that children_pkey refuses
--   rehome.yaml:11
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.children AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.children (id, parent_id)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.parent_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.children AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.parent_id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.parent_id)) IS DISTINCT FROM record_send(ROW(s.parent_id)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.children AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.children AS t
SET parent_id = s.parent_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
