-- loses_characters: 1 entity, parents first; fingerprint 66e769bc330b716e


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

-- source: finds rows that lose a value of things_word_key
--   word, rehome.yaml:19
WITH candidate AS (SELECT (t.id)::int4 AS k1, lower(((t.name))::text) AS v1, CASE
    WHEN char_length(((t.name))::text) > 10 THEN -1
    WHEN ((((t.name))::text)::"char")::text IS DISTINCT FROM ((t.name))::text THEN -2
    WHEN char_length(((t.id))::text) > 4 THEN -3
    ELSE 0 END::int4 AS decision
FROM public.thing AS t
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.thing AS t WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.id, t.name, t.padded, t.sign))), '7637611502576805995'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.id, t.name, t.padded, t.sign))), '7637611502576805995'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: short, rehome.yaml:13
--   field 5: fits, rehome.yaml:14
--   field 5: fixed, rehome.yaml:15
--   field 6: padded, rehome.yaml:16
--   field 7: letter, rehome.yaml:17
--   field 8: sign, rehome.yaml:18
--   field 4: word, rehome.yaml:19
--   field 9: number, rehome.yaml:20
--   decision -1: short is longer than 10 characters, rehome.yaml:13
--   decision -2: letter is longer than one byte, rehome.yaml:17
--   decision -3: number is longer than 4 characters, rehome.yaml:20
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.id, t.name, t.padded, t.sign))), '7637611502576805995'::bigint),
  CASE
    WHEN char_length(((t.name))::text) > 10 THEN -1
    WHEN ((((t.name))::text)::"char")::text IS DISTINCT FROM ((t.name))::text THEN -2
    WHEN char_length(((t.id))::text) > 4 THEN -3
    ELSE 0 END::int4,
  ((t.name))::text,
  ((t.code))::text,
  ((t.padded))::text,
  (((t.name))::text)::"char",
  ((t.sign))::"char",
  ((t.id))::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.id, t.name, t.padded, t.sign))), '7637611502576805995'::bigint),
  CASE
    WHEN char_length(((t.name))::text) > 10 THEN -1
    WHEN ((((t.name))::text)::"char")::text IS DISTINCT FROM ((t.name))::text THEN -2
    WHEN char_length(((t.id))::text) > 4 THEN -3
    ELSE 0 END::int4,
  ((t.name))::text,
  ((t.code))::text,
  ((t.padded))::text,
  (((t.name))::text)::"char",
  ((t.sign))::"char",
  ((t.id))::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.id, t.name, t.padded, t.sign))), '7637611502576805995'::bigint), CASE
    WHEN char_length(((t.name))::text) > 10 THEN -1
    WHEN ((((t.name))::text)::"char")::text IS DISTINCT FROM ((t.name))::text THEN -2
    WHEN char_length(((t.id))::text) > 4 THEN -3
    ELSE 0 END::int4, ((t.name))::text, ((t.code))::text, ((t.padded))::text, (((t.name))::text)::"char", ((t.sign))::"char", ((t.id))::text) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'name', 'code', 'padded', 'sign']::text[], ARRAY[t.id::text, t.name::text, t.code::text, t.padded::text, t.sign::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, short, fits, fixed, padded, letter, sign, word, number) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.short, t.fits, t.fixed, t.padded, t.letter, t.sign, t.word::text, t.number))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  short varchar,
  fits varchar,
  fixed bpchar,
  padded text,
  letter "char",
  sign "char",
  word text,
  number varchar
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, short, fits, fixed, padded, letter, sign, word, number) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: finds rows that things_word_key refuses
--   rehome.yaml:19
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.word IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.word = s.word::public.citext);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, short, fits, fixed, padded, letter, sign, word, number)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.short, s.fits, s.fixed, s.padded, s.letter, s.sign, s.word::public.citext, s.number
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.short, t.fits, t.fixed, t.padded, t.letter, t.sign, t.word::text, t.number))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.short)) IS DISTINCT FROM record_send(ROW(s.short::varchar(10))) OR s.short::text <> s.short::varchar(10)::text THEN 1 END,
  CASE WHEN record_send(ROW(t.fits)) IS DISTINCT FROM record_send(ROW(s.fits::varchar(5))) OR s.fits::text <> s.fits::varchar(5)::text THEN 2 END,
  CASE WHEN record_send(ROW(t.fixed)) IS DISTINCT FROM record_send(ROW(s.fixed::bpchar(3))) OR s.fixed::text <> s.fixed::bpchar(3)::text THEN 3 END,
  CASE WHEN record_send(ROW(t.padded)) IS DISTINCT FROM record_send(ROW(s.padded)) THEN 4 END,
  CASE WHEN record_send(ROW(t.letter)) IS DISTINCT FROM record_send(ROW(s.letter)) THEN 5 END,
  CASE WHEN record_send(ROW(t.sign)) IS DISTINCT FROM record_send(ROW(s.sign)) THEN 6 END,
  CASE WHEN t.word::text IS DISTINCT FROM s.word::text THEN 7 END,
  CASE WHEN record_send(ROW(t.number)) IS DISTINCT FROM record_send(ROW(s.number::varchar(4))) OR s.number::text <> s.number::varchar(4)::text THEN 8 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET short = s.short,
  fits = s.fits,
  fixed = s.fixed,
  padded = s.padded,
  letter = s.letter,
  sign = s.sign,
  word = s.word::public.citext,
  number = s.number
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
