-- arrays: 1 entity, parents first; fingerprint a67d9815820f288d


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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.bits, t.sums, t.tags, t.written))), '6735170362068378540'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.bits, t.sums, t.tags, t.written))), '6735170362068378540'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: tags, rehome.yaml:12
--   field 5: sums, rehome.yaml:12
--   field 6: names, rehome.yaml:12
--   field 7: numbers, rehome.yaml:12
--   field 8: none, rehome.yaml:12
--   field 9: bits, rehome.yaml:12
--   decision -1: sums loses something in numeric(10,2)[], rehome.yaml:12
--   decision -2: names loses something in character varying(5)[], rehome.yaml:12
--   decision -3: bits loses something in bit(5), rehome.yaml:12
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.bits, t.sums, t.tags, t.written))), '6735170362068378540'::bigint),
  CASE
    WHEN ((t.sums))::numeric[] IS DISTINCT FROM (((t.sums))::numeric[])::numeric(10,2)[] THEN -1
    WHEN ((t.tags::varchar[]))::varchar[] IS DISTINCT FROM (((t.tags::varchar[]))::varchar[])::varchar(5)[] THEN -2
    WHEN ((t.bits))::"bit" IS DISTINCT FROM (((t.bits))::"bit")::bit(5) THEN -3
    ELSE 0 END::int4,
  ((t.tags))::text[],
  ((t.sums))::numeric[],
  ((t.tags::varchar[]))::varchar[],
  (((t.written))::text)::int4[],
  (('{}'::text)::text)::text[],
  ((t.bits))::"bit"
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.bits, t.sums, t.tags, t.written))), '6735170362068378540'::bigint),
  CASE
    WHEN ((t.sums))::numeric[] IS DISTINCT FROM (((t.sums))::numeric[])::numeric(10,2)[] THEN -1
    WHEN ((t.tags::varchar[]))::varchar[] IS DISTINCT FROM (((t.tags::varchar[]))::varchar[])::varchar(5)[] THEN -2
    WHEN ((t.bits))::"bit" IS DISTINCT FROM (((t.bits))::"bit")::bit(5) THEN -3
    ELSE 0 END::int4,
  ((t.tags))::text[],
  ((t.sums))::numeric[],
  ((t.tags::varchar[]))::varchar[],
  (((t.written))::text)::int4[],
  (('{}'::text)::text)::text[],
  ((t.bits))::"bit"
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.bits, t.sums, t.tags, t.written))), '6735170362068378540'::bigint), CASE
    WHEN ((t.sums))::numeric[] IS DISTINCT FROM (((t.sums))::numeric[])::numeric(10,2)[] THEN -1
    WHEN ((t.tags::varchar[]))::varchar[] IS DISTINCT FROM (((t.tags::varchar[]))::varchar[])::varchar(5)[] THEN -2
    WHEN ((t.bits))::"bit" IS DISTINCT FROM (((t.bits))::"bit")::bit(5) THEN -3
    ELSE 0 END::int4, ((t.tags))::text[], ((t.sums))::numeric[], ((t.tags::varchar[]))::varchar[], (((t.written))::text)::int4[], (('{}'::text)::text)::text[], ((t.bits))::"bit") AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'tags', 'sums', 'written', 'bits']::text[], ARRAY[t.id::text, t.tags::text, t.sums::text, t.written::text, t.bits::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, tags, sums, names, numbers, "none", bits) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.tags, t.sums, t.names, t.numbers, t."none", t.bits))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  tags text[],
  sums numeric[],
  names varchar[],
  numbers int4[],
  "none" text[],
  bits "bit"
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, tags, sums, names, numbers, "none", bits) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, tags, sums, names, numbers, "none", bits)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.tags, s.sums, s.names, s.numbers, s."none", s.bits
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.tags, t.sums, t.names, t.numbers, t."none", t.bits))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.tags)) IS DISTINCT FROM record_send(ROW(s.tags)) THEN 1 END,
  CASE WHEN record_send(ROW(t.sums)) IS DISTINCT FROM record_send(ROW(s.sums::numeric(10,2)[])) THEN 2 END,
  CASE WHEN record_send(ROW(t.names)) IS DISTINCT FROM record_send(ROW(s.names::varchar(5)[])) THEN 3 END,
  CASE WHEN record_send(ROW(t.numbers)) IS DISTINCT FROM record_send(ROW(s.numbers)) THEN 4 END,
  CASE WHEN record_send(ROW(t."none")) IS DISTINCT FROM record_send(ROW(s."none")) THEN 5 END,
  CASE WHEN record_send(ROW(t.bits)) IS DISTINCT FROM record_send(ROW(s.bits::bit(5))) THEN 6 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET tags = s.tags,
  sums = s.sums,
  names = s.names,
  numbers = s.numbers,
  "none" = s."none",
  bits = s.bits
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
