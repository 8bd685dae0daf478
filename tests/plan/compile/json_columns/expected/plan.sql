-- json_columns: 1 entity, parents first; fingerprint 62f8903f7a2cc32a


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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.new, t.old, t.raw))), '4348508418991396680'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.new, t.old, t.raw))), '4348508418991396680'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: checked, rehome.yaml:13
--   field 5: text, rehome.yaml:14
--   field 6: made, rehome.yaml:15
--   field 7: kept, rehome.yaml:16
--   field 8: newer, rehome.yaml:17
--   field 9: fixed, rehome.yaml:18
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.new, t.old, t.raw))), '4348508418991396680'::bigint),
  0::int4,
  ((t.raw)::text)::text,
  ((t.old)::text)::text,
  ((to_jsonb(t.raw)))::text,
  ((t.old))::text,
  ((t.new))::text,
  ('[]'::text)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.new, t.old, t.raw))), '4348508418991396680'::bigint),
  0::int4,
  ((t.raw)::text)::text,
  ((t.old)::text)::text,
  ((to_jsonb(t.raw)))::text,
  ((t.old))::text,
  ((t.new))::text,
  ('[]'::text)::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.new, t.old, t.raw))), '4348508418991396680'::bigint), 0::int4, ((t.raw)::text)::text, ((t.old)::text)::text, ((to_jsonb(t.raw)))::text, ((t.old))::text, ((t.new))::text, ('[]'::text)::text) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'raw', 'old', 'new']::text[], ARRAY[t.id::text, t.raw::text, t.old::text, t.new::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, checked, text, made, kept, newer, fixed) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.checked, t.text, t.made, t.kept, t.newer, t.fixed))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  checked jsonb,
  text json,
  made jsonb,
  kept json,
  newer jsonb,
  fixed jsonb
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, checked, text, made, kept, newer, fixed) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, checked, text, made, kept, newer, fixed)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.checked, s.text, s.made, s.kept, s.newer, s.fixed
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.checked, t.text, t.made, t.kept, t.newer, t.fixed))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.checked)) IS DISTINCT FROM record_send(ROW(s.checked)) THEN 1 END,
  CASE WHEN record_send(ROW(t.text)) IS DISTINCT FROM record_send(ROW(s.text)) THEN 2 END,
  CASE WHEN record_send(ROW(t.made)) IS DISTINCT FROM record_send(ROW(s.made)) THEN 3 END,
  CASE WHEN record_send(ROW(t.kept)) IS DISTINCT FROM record_send(ROW(s.kept)) THEN 4 END,
  CASE WHEN record_send(ROW(t.newer)) IS DISTINCT FROM record_send(ROW(s.newer)) THEN 5 END,
  CASE WHEN record_send(ROW(t.fixed)) IS DISTINCT FROM record_send(ROW(s.fixed)) THEN 6 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET checked = s.checked,
  text = s.text,
  made = s.made,
  kept = s.kept,
  newer = s.newer,
  fixed = s.fixed
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
