-- key_composite: 3 entities, parents first; fingerprint 79d05a80f0388c08


-- ======================================================================
-- lines, rehome.yaml:8: public.line -> public.lines
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.line;

-- source: cuts the keys into ranges
SELECT ending.k1::text, ending.k2::text
FROM (SELECT (l.order_id)::int4 AS k1, (l.id)::int2 AS k2
FROM public.line AS l
WHERE true
ORDER BY (l.order_id)::int4, (l.id)::int2 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.line AS l WHERE ((l.order_id)::int4, (l.id)::int2) > ('0'::int4, '0'::int2) AND ((l.order_id)::int4, (l.id)::int2) <= ('1000'::int4, '1000'::int2);

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.id)::int2, l.name))), '-2374692792376975220'::bigint)), 0)::text
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.id)::int2) > ('0'::int4, '0'::int2) AND ((l.order_id)::int4, (l.id)::int2) <= ('1000'::int4, '1000'::int2);

-- source: lists keys and hashes of a batch
COPY (SELECT (l.order_id)::int4, (l.id)::int2, hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.id)::int2, l.name))), '-2374692792376975220'::bigint)
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.id)::int2) > ('0'::int4, '0'::int2) AND ((l.order_id)::int4, (l.id)::int2) <= ('1000'::int4, '1000'::int2)) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 5: order_number, rehome.yaml:8
--   field 6: id, rehome.yaml:8
--   field 7: name, rehome.yaml:8
COPY (SELECT (l.order_id)::int4,
  (l.id)::int2,
  hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.id)::int2, l.name))), '-2374692792376975220'::bigint),
  0::int4,
  ((l.order_id))::int4,
  ((l.id))::int4,
  ((l.name))::text
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.id)::int2) > ('0'::int4, '0'::int2) AND ((l.order_id)::int4, (l.id)::int2) <= ('1000'::int4, '1000'::int2) ORDER BY (l.order_id)::int4, (l.id)::int2) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (l.order_id)::int4::text, (l.id)::int2::text
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.id)::int2) > ('0'::int4, '0'::int2) AND ((l.order_id)::int4, (l.id)::int2) <= ('1000'::int4, '1000'::int2) ORDER BY (l.order_id)::int4, (l.id)::int2;

-- source: derives some rows, without one that failed
COPY (SELECT (l.order_id)::int4,
  (l.id)::int2,
  hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.id)::int2, l.name))), '-2374692792376975220'::bigint),
  0::int4,
  ((l.order_id))::int4,
  ((l.id))::int4,
  ((l.name))::text
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.id)::int2) IN (VALUES ('1'::int4, '1'::int2), ('2'::int4, '2'::int2)) AND NOT (((l.order_id)::int4, (l.id)::int2) IN (VALUES ('1'::int4, '1'::int2))) ORDER BY (l.order_id)::int4, (l.id)::int2) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((l.order_id)::int4, (l.id)::int2, hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.id)::int2, l.name))), '-2374692792376975220'::bigint), 0::int4, ((l.order_id))::int4, ((l.id))::int4, ((l.name))::text) AS d
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.id)::int2) IN (VALUES ('1'::int4, '1'::int2), ('2'::int4, '2'::int2)) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (l.order_id)::int4::text, (l.id)::int2::text FROM public.line AS l WHERE ((l.order_id)::int4, (l.id)::int2) IN (VALUES ('1'::int4, '1'::int2), ('2'::int4, '2'::int2));

-- source: reads the images of held rows
SELECT (l.order_id)::int4::text, (l.id)::int2::text, json_object(ARRAY['order_id', 'id', 'name']::text[], ARRAY[l.order_id::text, l.id::text, l.name::text]::text[])::text
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.id)::int2) IN (VALUES ('1'::int4, '1'::int2), ('2'::int4, '2'::int2));

-- target: takes rows
COPY public.lines (order_number, id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.order_number, t.id, hash_record_extended(ROW(record_send(ROW(t.order_number, t.id, t.name))), '0'::bigint)
FROM public.lines AS t JOIN unnest($1::int4[], $2::int4[]) AS k(k1, k2) ON t.order_number = k.k1 AND t.id = k.k2;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  order_number int4,
  id int4,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, order_number, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that lines_pkey refuses
--   rehome.yaml:8
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.order_number IS NULL OR s.id IS NULL) AND EXISTS (SELECT 1 FROM public.lines AS r WHERE r.order_number = s.order_number AND r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.lines (order_number, id, name)
OVERRIDING SYSTEM VALUE
SELECT s.order_number, s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.lines AS t ON t.order_number = s.order_number AND t.id = s.id
ORDER BY t.order_number, t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.order_number, t.id, t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 2 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.lines AS t ON t.order_number = s.order_number AND t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.lines AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.order_number = s.order_number AND t.id = s.id;


-- ======================================================================
-- labels, rehome.yaml:9: public.label -> public.labels
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.label;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.label AS b WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((b.lang)::text::text), (b.lang)::text::text, length((b.line_id)::int4::text), (b.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((b.lang)::text, (b.line_id)::int4, b.lang, b.text))), '6907836610589940781'::bigint)), 0)::text
FROM public.label AS b
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((b.lang)::text::text), (b.lang)::text::text, length((b.line_id)::int4::text), (b.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0;

-- source: lists keys and hashes of a batch
COPY (SELECT (b.lang)::text, (b.line_id)::int4, hash_record_extended(ROW(record_send(ROW((b.lang)::text, (b.line_id)::int4, b.lang, b.text))), '6907836610589940781'::bigint)
FROM public.label AS b
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((b.lang)::text::text), (b.lang)::text::text, length((b.line_id)::int4::text), (b.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 5: lang, rehome.yaml:9
--   field 6: text, rehome.yaml:9
--   decision -1: lang is longer than 2 characters, rehome.yaml:9
COPY (SELECT (b.lang)::text,
  (b.line_id)::int4,
  hash_record_extended(ROW(record_send(ROW((b.lang)::text, (b.line_id)::int4, b.lang, b.text))), '6907836610589940781'::bigint),
  CASE
    WHEN char_length(((b.lang))::text) > 2 THEN -1
    ELSE 0 END::int4,
  ((b.lang))::text,
  ((b.text))::text
FROM public.label AS b
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((b.lang)::text::text), (b.lang)::text::text, length((b.line_id)::int4::text), (b.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 ORDER BY (b.lang)::text COLLATE "C", (b.line_id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (b.lang)::text::text, (b.line_id)::int4::text
FROM public.label AS b
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((b.lang)::text::text), (b.lang)::text::text, length((b.line_id)::int4::text), (b.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 ORDER BY (b.lang)::text COLLATE "C", (b.line_id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (b.lang)::text,
  (b.line_id)::int4,
  hash_record_extended(ROW(record_send(ROW((b.lang)::text, (b.line_id)::int4, b.lang, b.text))), '6907836610589940781'::bigint),
  CASE
    WHEN char_length(((b.lang))::text) > 2 THEN -1
    ELSE 0 END::int4,
  ((b.lang))::text,
  ((b.text))::text
FROM public.label AS b
WHERE ((b.lang)::text, (b.line_id)::int4) IN (VALUES ('key 1'::text, '1'::int4), ('key 2'::text, '2'::int4)) AND NOT (((b.lang)::text, (b.line_id)::int4) IN (VALUES ('key 1'::text, '1'::int4))) ORDER BY (b.lang)::text COLLATE "C", (b.line_id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((b.lang)::text, (b.line_id)::int4, hash_record_extended(ROW(record_send(ROW((b.lang)::text, (b.line_id)::int4, b.lang, b.text))), '6907836610589940781'::bigint), CASE
    WHEN char_length(((b.lang))::text) > 2 THEN -1
    ELSE 0 END::int4, ((b.lang))::text, ((b.text))::text) AS d
FROM public.label AS b
WHERE ((b.lang)::text, (b.line_id)::int4) IN (VALUES ('key 1'::text, '1'::int4), ('key 2'::text, '2'::int4)) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (b.lang)::text::text, (b.line_id)::int4::text FROM public.label AS b WHERE ((b.lang)::text, (b.line_id)::int4) IN (VALUES ('key 1'::text, '1'::int4), ('key 2'::text, '2'::int4));

-- source: reads the images of held rows
SELECT (b.lang)::text::text, (b.line_id)::int4::text, json_object(ARRAY['line_id', 'lang', 'text']::text[], ARRAY[b.line_id::text, b.lang::text, b.text::text]::text[])::text
FROM public.label AS b
WHERE ((b.lang)::text, (b.line_id)::int4) IN (VALUES ('key 1'::text, '1'::int4), ('key 2'::text, '2'::int4));

-- target: takes rows
COPY public.labels (id, lang, text) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.lang, t.text))), '0'::bigint)
FROM public.labels AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  lang bpchar,
  text text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, lang, text) FROM STDIN (FORMAT binary);

-- target: finds rows that labels_pkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.labels AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.labels (id, lang, text)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.lang, s.text
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.labels AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.lang, t.text))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.lang)) IS DISTINCT FROM record_send(ROW(s.lang::bpchar(2))) OR s.lang::text <> s.lang::bpchar(2)::text THEN 1 END,
  CASE WHEN record_send(ROW(t.text)) IS DISTINCT FROM record_send(ROW(s.text)) THEN 2 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.labels AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.labels AS t
SET lang = s.lang,
  text = s.text
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- notes, rehome.yaml:10: public.note -> public.notes
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.note;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.note AS n WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((n.id)::int4::text), (n.id)::int4::text, length((n.line_id)::int4::text), (n.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((n.id)::int4, (n.line_id)::int4, n.line_id, n.text))), '-3099825651720094590'::bigint)), 0)::text
FROM public.note AS n
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((n.id)::int4::text), (n.id)::int4::text, length((n.line_id)::int4::text), (n.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0;

-- source: lists keys and hashes of a batch
COPY (SELECT (n.id)::int4, (n.line_id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, (n.line_id)::int4, n.line_id, n.text))), '-3099825651720094590'::bigint)
FROM public.note AS n
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((n.id)::int4::text), (n.id)::int4::text, length((n.line_id)::int4::text), (n.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 5: line_id, rehome.yaml:10
--   field 6: text, rehome.yaml:10
COPY (SELECT (n.id)::int4,
  (n.line_id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, (n.line_id)::int4, n.line_id, n.text))), '-3099825651720094590'::bigint),
  0::int4,
  ((n.line_id))::int4,
  ((n.text))::text
FROM public.note AS n
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((n.id)::int4::text), (n.id)::int4::text, length((n.line_id)::int4::text), (n.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 ORDER BY (n.id)::int4, (n.line_id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (n.id)::int4::text, (n.line_id)::int4::text
FROM public.note AS n
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((n.id)::int4::text), (n.id)::int4::text, length((n.line_id)::int4::text), (n.line_id)::int4::text), 'UTF8'), 'hex'), 0) % 8) = 0 ORDER BY (n.id)::int4, (n.line_id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (n.id)::int4,
  (n.line_id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, (n.line_id)::int4, n.line_id, n.text))), '-3099825651720094590'::bigint),
  0::int4,
  ((n.line_id))::int4,
  ((n.text))::text
FROM public.note AS n
WHERE ((n.id)::int4, (n.line_id)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4)) AND NOT (((n.id)::int4, (n.line_id)::int4) IN (VALUES ('1'::int4, '1'::int4))) ORDER BY (n.id)::int4, (n.line_id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((n.id)::int4, (n.line_id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, (n.line_id)::int4, n.line_id, n.text))), '-3099825651720094590'::bigint), 0::int4, ((n.line_id))::int4, ((n.text))::text) AS d
FROM public.note AS n
WHERE ((n.id)::int4, (n.line_id)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4)) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (n.id)::int4::text, (n.line_id)::int4::text FROM public.note AS n WHERE ((n.id)::int4, (n.line_id)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4));

-- source: reads the images of held rows
SELECT (n.id)::int4::text, (n.line_id)::int4::text, json_object(ARRAY['id', 'line_id', 'text']::text[], ARRAY[n.id::text, n.line_id::text, n.text::text]::text[])::text
FROM public.note AS n
WHERE ((n.id)::int4, (n.line_id)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4));

-- target: takes rows
COPY public.notes (id, line_id, text) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.line_id, t.text))), '0'::bigint)
FROM public.notes AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  line_id int4,
  text text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, line_id, text) FROM STDIN (FORMAT binary);

-- target: finds rows that notes_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.notes AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.notes (id, line_id, text)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.line_id, s.text
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.notes AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.line_id, t.text))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.line_id)) IS DISTINCT FROM record_send(ROW(s.line_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.text)) IS DISTINCT FROM record_send(ROW(s.text)) THEN 2 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.notes AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.notes AS t
SET line_id = s.line_id,
  text = s.text
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
