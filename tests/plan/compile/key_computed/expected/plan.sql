-- key_computed: 2 entities, parents first; fingerprint 2c75ddd0ca52383d


-- ======================================================================
-- things, rehome.yaml:8: public.thing -> public.things
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.thing;

-- source: finds rows that lose a value of things_pkey
--   id, rehome.yaml:8
WITH candidate AS (SELECT (t.id + 0)::int4 AS k1, ((t.id + 0))::int4 AS v1, 0::int4 AS decision
FROM public.thing AS t
WHERE (t.id + 0)::int4 IS NOT NULL),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.thing AS t WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((t.id + 0)::int4::text), (t.id + 0)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (t.id + 0)::int4 IS NOT NULL;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id + 0)::int4, t.name))), '5752514862345608892'::bigint)), 0)::text
FROM public.thing AS t
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((t.id + 0)::int4::text), (t.id + 0)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (t.id + 0)::int4 IS NOT NULL;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id + 0)::int4, hash_record_extended(ROW(record_send(ROW((t.id + 0)::int4, t.name))), '5752514862345608892'::bigint)
FROM public.thing AS t
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((t.id + 0)::int4::text), (t.id + 0)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (t.id + 0)::int4 IS NOT NULL) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: id, rehome.yaml:8
--   field 5: name, rehome.yaml:8
COPY (SELECT (t.id + 0)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id + 0)::int4, t.name))), '5752514862345608892'::bigint),
  0::int4,
  ((t.id + 0))::int4,
  ((t.name))::text
FROM public.thing AS t
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((t.id + 0)::int4::text), (t.id + 0)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (t.id + 0)::int4 IS NOT NULL ORDER BY (t.id + 0)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id + 0)::int4::text
FROM public.thing AS t
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((t.id + 0)::int4::text), (t.id + 0)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (t.id + 0)::int4 IS NOT NULL ORDER BY (t.id + 0)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id + 0)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id + 0)::int4, t.name))), '5752514862345608892'::bigint),
  0::int4,
  ((t.id + 0))::int4,
  ((t.name))::text
FROM public.thing AS t
WHERE (t.id + 0)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id + 0)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id + 0)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id + 0)::int4, hash_record_extended(ROW(record_send(ROW((t.id + 0)::int4, t.name))), '5752514862345608892'::bigint), 0::int4, ((t.id + 0))::int4, ((t.name))::text) AS d
FROM public.thing AS t
WHERE (t.id + 0)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id + 0)::int4::text FROM public.thing AS t WHERE (t.id + 0)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id + 0)::int4::text, json_object(ARRAY['id', 'name']::text[], ARRAY[t.id::text, t.name::text]::text[])::text
FROM public.thing AS t
WHERE (t.id + 0)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.id, t.name))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::int4[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id int4,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.id, t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- words, rehome.yaml:9: public.word -> public.words
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.word;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.word AS w WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((w.tags[1])::text::text), (w.tags[1])::text::text, length((w.id)::int4::text), (w.id)::int4::text, length((lower(w.text))::text::text), (lower(w.text))::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (w.tags[1])::text IS NOT NULL AND (lower(w.text))::text IS NOT NULL;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text, w.text))), '394886903028504162'::bigint)), 0)::text
FROM public.word AS w
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((w.tags[1])::text::text), (w.tags[1])::text::text, length((w.id)::int4::text), (w.id)::int4::text, length((lower(w.text))::text::text), (lower(w.text))::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (w.tags[1])::text IS NOT NULL AND (lower(w.text))::text IS NOT NULL;

-- source: lists keys and hashes of a batch
COPY (SELECT (w.tags[1])::text, (w.id)::int4, (lower(w.text))::text, hash_record_extended(ROW(record_send(ROW((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text, w.text))), '394886903028504162'::bigint)
FROM public.word AS w
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((w.tags[1])::text::text), (w.tags[1])::text::text, length((w.id)::int4::text), (w.id)::int4::text, length((lower(w.text))::text::text), (lower(w.text))::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (w.tags[1])::text IS NOT NULL AND (lower(w.text))::text IS NOT NULL) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 6: word, rehome.yaml:9
COPY (SELECT (w.tags[1])::text,
  (w.id)::int4,
  (lower(w.text))::text,
  hash_record_extended(ROW(record_send(ROW((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text, w.text))), '394886903028504162'::bigint),
  0::int4,
  ((w.text))::text
FROM public.word AS w
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((w.tags[1])::text::text), (w.tags[1])::text::text, length((w.id)::int4::text), (w.id)::int4::text, length((lower(w.text))::text::text), (lower(w.text))::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (w.tags[1])::text IS NOT NULL AND (lower(w.text))::text IS NOT NULL ORDER BY (w.tags[1])::text COLLATE "C", (w.id)::int4, (lower(w.text))::text COLLATE "C") TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (w.tags[1])::text::text, (w.id)::int4::text, (lower(w.text))::text::text
FROM public.word AS w
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((w.tags[1])::text::text), (w.tags[1])::text::text, length((w.id)::int4::text), (w.id)::int4::text, length((lower(w.text))::text::text), (lower(w.text))::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (w.tags[1])::text IS NOT NULL AND (lower(w.text))::text IS NOT NULL ORDER BY (w.tags[1])::text COLLATE "C", (w.id)::int4, (lower(w.text))::text COLLATE "C";

-- source: derives some rows, without one that failed
COPY (SELECT (w.tags[1])::text,
  (w.id)::int4,
  (lower(w.text))::text,
  hash_record_extended(ROW(record_send(ROW((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text, w.text))), '394886903028504162'::bigint),
  0::int4,
  ((w.text))::text
FROM public.word AS w
WHERE ((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text) IN (VALUES ('key 1'::text, '1'::int4, 'key 1'::text), ('key 2'::text, '2'::int4, 'key 2'::text)) AND NOT (((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text) IN (VALUES ('key 1'::text, '1'::int4, 'key 1'::text))) ORDER BY (w.tags[1])::text COLLATE "C", (w.id)::int4, (lower(w.text))::text COLLATE "C") TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text, hash_record_extended(ROW(record_send(ROW((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text, w.text))), '394886903028504162'::bigint), 0::int4, ((w.text))::text) AS d
FROM public.word AS w
WHERE ((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text) IN (VALUES ('key 1'::text, '1'::int4, 'key 1'::text), ('key 2'::text, '2'::int4, 'key 2'::text)) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (w.tags[1])::text::text, (w.id)::int4::text, (lower(w.text))::text::text FROM public.word AS w WHERE ((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text) IN (VALUES ('key 1'::text, '1'::int4, 'key 1'::text), ('key 2'::text, '2'::int4, 'key 2'::text));

-- source: reads the images of held rows
SELECT (w.tags[1])::text::text, (w.id)::int4::text, (lower(w.text))::text::text, json_object(ARRAY['id', 'tags', 'text']::text[], ARRAY[w.id::text, w.tags::text, w.text::text]::text[])::text
FROM public.word AS w
WHERE ((w.tags[1])::text, (w.id)::int4, (lower(w.text))::text) IN (VALUES ('key 1'::text, '1'::int4, 'key 1'::text), ('key 2'::text, '2'::int4, 'key 2'::text));

-- target: takes rows
COPY public.words (id, word) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.word))), '0'::bigint)
FROM public.words AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  word text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, word) FROM STDIN (FORMAT binary);

-- target: finds rows that words_pkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.words AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.words (id, word)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.word
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.words AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.word))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.word)) IS DISTINCT FROM record_send(ROW(s.word)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.words AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.words AS t
SET word = s.word
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
