-- ref_by_kind: 3 entities, parents first; fingerprint ad498f3cce736837


-- ======================================================================
-- parents, rehome.yaml:16: public.parent -> public.parents
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
--   field 4: name, rehome.yaml:16
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
--   rehome.yaml:16
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
-- others, rehome.yaml:17: public.other -> public.others
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.other;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (o.id)::int8 AS k1
FROM public.other AS o
WHERE true
ORDER BY (o.id)::int8 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.other AS o WHERE (o.id)::int8 > '0'::int8 AND (o.id)::int8 <= '1000'::int8;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((o.id)::int8, o.name))), '4006199679996712275'::bigint)), 0)::text
FROM public.other AS o
WHERE (o.id)::int8 > '0'::int8 AND (o.id)::int8 <= '1000'::int8;

-- source: lists keys and hashes of a batch
COPY (SELECT (o.id)::int8, hash_record_extended(ROW(record_send(ROW((o.id)::int8, o.name))), '4006199679996712275'::bigint)
FROM public.other AS o
WHERE (o.id)::int8 > '0'::int8 AND (o.id)::int8 <= '1000'::int8) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:17
COPY (SELECT (o.id)::int8,
  hash_record_extended(ROW(record_send(ROW((o.id)::int8, o.name))), '4006199679996712275'::bigint),
  0::int4,
  ((o.name))::text
FROM public.other AS o
WHERE (o.id)::int8 > '0'::int8 AND (o.id)::int8 <= '1000'::int8 ORDER BY (o.id)::int8) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (o.id)::int8::text
FROM public.other AS o
WHERE (o.id)::int8 > '0'::int8 AND (o.id)::int8 <= '1000'::int8 ORDER BY (o.id)::int8;

-- source: derives some rows, without one that failed
COPY (SELECT (o.id)::int8,
  hash_record_extended(ROW(record_send(ROW((o.id)::int8, o.name))), '4006199679996712275'::bigint),
  0::int4,
  ((o.name))::text
FROM public.other AS o
WHERE (o.id)::int8 = ANY ('{"1","2"}'::int8[]) AND NOT ((o.id)::int8 = ANY ('{"1"}'::int8[])) ORDER BY (o.id)::int8) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((o.id)::int8, hash_record_extended(ROW(record_send(ROW((o.id)::int8, o.name))), '4006199679996712275'::bigint), 0::int4, ((o.name))::text) AS d
FROM public.other AS o
WHERE (o.id)::int8 = ANY ('{"1","2"}'::int8[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (o.id)::int8::text FROM public.other AS o WHERE (o.id)::int8 = ANY ('{"1","2"}'::int8[]);

-- source: reads the images of held rows
SELECT (o.id)::int8::text, json_object(ARRAY['id', 'name']::text[], ARRAY[o.id::text, o.name::text]::text[])::text
FROM public.other AS o
WHERE (o.id)::int8 = ANY ('{"1","2"}'::int8[]);

-- target: takes rows
COPY public.others (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.others AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that others_pkey refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.others AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.others (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.others AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.others AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.others AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- children, rehome.yaml:8: public.child -> public.children
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.child;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (c.id)::int4 AS k1
FROM public.child AS c
WHERE true
ORDER BY (c.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.child AS c WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.kind, c.parent_id))), '-3767210688379627800'::bigint)), 0)::text
FROM public.child AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.kind, c.parent_id))), '-3767210688379627800'::bigint)
FROM public.child AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: parent_id, the key of parents, rehome.yaml:14
--   field 5: parent_id, the key of others, rehome.yaml:14
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.kind, c.parent_id))), '-3767210688379627800'::bigint),
  0::int4,
  (CASE WHEN (c.kind)::text = 'a' OR (c.kind) IS NULL THEN (c.parent_id) END)::int4,
  (CASE WHEN (c.kind)::text = 'b' OR (c.kind)::text = 'it''s' THEN (c.parent_id) END)::int8
FROM public.child AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (c.id)::int4::text
FROM public.child AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.kind, c.parent_id))), '-3767210688379627800'::bigint),
  0::int4,
  (CASE WHEN (c.kind)::text = 'a' OR (c.kind) IS NULL THEN (c.parent_id) END)::int4,
  (CASE WHEN (c.kind)::text = 'b' OR (c.kind)::text = 'it''s' THEN (c.parent_id) END)::int8
FROM public.child AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((c.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.kind, c.parent_id))), '-3767210688379627800'::bigint), 0::int4, (CASE WHEN (c.kind)::text = 'a' OR (c.kind) IS NULL THEN (c.parent_id) END)::int4, (CASE WHEN (c.kind)::text = 'b' OR (c.kind)::text = 'it''s' THEN (c.parent_id) END)::int8) AS d
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

-- target: finds rows that children_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
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
