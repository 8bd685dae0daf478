-- map_to_enumeration: 1 entity, parents first; fingerprint 52ec878e9a8ab14f


-- ======================================================================
-- things, rehome.yaml:8: public.thing -> public.things
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.thing;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (t.id)::int4 AS k1
FROM public.thing AS t
WHERE true
ORDER BY (t.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.thing AS t WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.flag, t.mood::text, t.state))), '-6992028679951008663'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.flag, t.mood::text, t.state))), '-6992028679951008663'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: decided, rehome.yaml:13
--   field 5: held, rehome.yaml:14
--   field 6: empty, rehome.yaml:15
--   field 7: other, rehome.yaml:16
--   field 8: plain, rehome.yaml:17
--   field 9: same, rehome.yaml:18
--   field 10: fixed, rehome.yaml:19
--   field 11: words, rehome.yaml:20
--   decision -1: decided has no value for this one of the source, rehome.yaml:13
--   decision -2: held has no value for this one of the source, rehome.yaml:14
--   decision -3: words has no value for this one of the source, rehome.yaml:20
--   decision -4: held has no such label in public.state, rehome.yaml:14
--   decision -5: empty has no such label in public.state, rehome.yaml:15
--   decision -6: other has no such label in public.state, rehome.yaml:16
--   decision -7: plain has no such label in public.state, rehome.yaml:17
--   decision -8: same has no such label in public.state, rehome.yaml:18
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.flag, t.mood::text, t.state))), '-6992028679951008663'::bigint),
  CASE
    WHEN NOT coalesce((t.state)::text IN ('1', '2'), true) THEN -1
    WHEN NOT coalesce((t.state)::text IN ('1', '2'), false) THEN -2
    WHEN NOT coalesce((t.flag)::text IN ('true', 'false'), false) THEN -3
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN NULL::text ELSE NULL::text END)::text NOT IN ('new', 'old') THEN -4
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE NULL::text END)::text NOT IN ('new', 'old') THEN -5
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE 'old'::text END)::text NOT IN ('new', 'old') THEN -6
    WHEN ((t.mood::text))::text NOT IN ('new', 'old') THEN -7
    WHEN ((t.mood))::text NOT IN ('new', 'old') THEN -8
    ELSE 0 END::int4,
  (CASE WHEN (t.state) IS NULL THEN 'new'::text ELSE CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN 'old'::text ELSE NULL::text END END)::text,
  (CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN NULL::text ELSE NULL::text END)::text,
  (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE NULL::text END)::text,
  (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE 'old'::text END)::text,
  ((t.mood::text))::text,
  ((t.mood))::text,
  ('old'::text)::text,
  (CASE (t.flag)::text WHEN 'true' THEN 'it''s'::text WHEN 'false' THEN E'no\\'::text ELSE NULL::text END)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.flag, t.mood::text, t.state))), '-6992028679951008663'::bigint),
  CASE
    WHEN NOT coalesce((t.state)::text IN ('1', '2'), true) THEN -1
    WHEN NOT coalesce((t.state)::text IN ('1', '2'), false) THEN -2
    WHEN NOT coalesce((t.flag)::text IN ('true', 'false'), false) THEN -3
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN NULL::text ELSE NULL::text END)::text NOT IN ('new', 'old') THEN -4
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE NULL::text END)::text NOT IN ('new', 'old') THEN -5
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE 'old'::text END)::text NOT IN ('new', 'old') THEN -6
    WHEN ((t.mood::text))::text NOT IN ('new', 'old') THEN -7
    WHEN ((t.mood))::text NOT IN ('new', 'old') THEN -8
    ELSE 0 END::int4,
  (CASE WHEN (t.state) IS NULL THEN 'new'::text ELSE CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN 'old'::text ELSE NULL::text END END)::text,
  (CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN NULL::text ELSE NULL::text END)::text,
  (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE NULL::text END)::text,
  (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE 'old'::text END)::text,
  ((t.mood::text))::text,
  ((t.mood))::text,
  ('old'::text)::text,
  (CASE (t.flag)::text WHEN 'true' THEN 'it''s'::text WHEN 'false' THEN E'no\\'::text ELSE NULL::text END)::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.flag, t.mood::text, t.state))), '-6992028679951008663'::bigint), CASE
    WHEN NOT coalesce((t.state)::text IN ('1', '2'), true) THEN -1
    WHEN NOT coalesce((t.state)::text IN ('1', '2'), false) THEN -2
    WHEN NOT coalesce((t.flag)::text IN ('true', 'false'), false) THEN -3
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN NULL::text ELSE NULL::text END)::text NOT IN ('new', 'old') THEN -4
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE NULL::text END)::text NOT IN ('new', 'old') THEN -5
    WHEN (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE 'old'::text END)::text NOT IN ('new', 'old') THEN -6
    WHEN ((t.mood::text))::text NOT IN ('new', 'old') THEN -7
    WHEN ((t.mood))::text NOT IN ('new', 'old') THEN -8
    ELSE 0 END::int4, (CASE WHEN (t.state) IS NULL THEN 'new'::text ELSE CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN 'old'::text ELSE NULL::text END END)::text, (CASE (t.state)::text WHEN '1' THEN 'new'::text WHEN '2' THEN NULL::text ELSE NULL::text END)::text, (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE NULL::text END)::text, (CASE (t.state)::text WHEN '1' THEN 'new'::text ELSE 'old'::text END)::text, ((t.mood::text))::text, ((t.mood))::text, ('old'::text)::text, (CASE (t.flag)::text WHEN 'true' THEN 'it''s'::text WHEN 'false' THEN E'no\\'::text ELSE NULL::text END)::text) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'state', 'flag', 'mood']::text[], ARRAY[t.id::text, t.state::text, t.flag::text, t.mood::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, decided, held, empty, other, plain, same, fixed, words) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.decided::text, t.held::text, t.empty::text, t.other::text, t.plain::text, t.same::text, t.fixed::text, t.words))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  decided text,
  held text,
  empty text,
  other text,
  plain text,
  same text,
  fixed text,
  words text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, decided, held, empty, other, plain, same, fixed, words) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, decided, held, empty, other, plain, same, fixed, words)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.decided::public.state, s.held::public.state, s.empty::public.state, s.other::public.state, s.plain::public.state, s.same::public.state, s.fixed::public.state, s.words
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.decided::text, t.held::text, t.empty::text, t.other::text, t.plain::text, t.same::text, t.fixed::text, t.words))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN t.decided::text IS DISTINCT FROM s.decided::text THEN 1 END,
  CASE WHEN t.held::text IS DISTINCT FROM s.held::text THEN 2 END,
  CASE WHEN t.empty::text IS DISTINCT FROM s.empty::text THEN 3 END,
  CASE WHEN t.other::text IS DISTINCT FROM s.other::text THEN 4 END,
  CASE WHEN t.plain::text IS DISTINCT FROM s.plain::text THEN 5 END,
  CASE WHEN t.same::text IS DISTINCT FROM s.same::text THEN 6 END,
  CASE WHEN t.fixed::text IS DISTINCT FROM s.fixed::text THEN 7 END,
  CASE WHEN record_send(ROW(t.words)) IS DISTINCT FROM record_send(ROW(s.words)) THEN 8 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET decided = s.decided::public.state,
  held = s.held::public.state,
  empty = s.empty::public.state,
  other = s.other::public.state,
  plain = s.plain::public.state,
  same = s.same::public.state,
  fixed = s.fixed::public.state,
  words = s.words
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
