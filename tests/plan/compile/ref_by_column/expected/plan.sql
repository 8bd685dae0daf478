-- ref_by_column: 3 entities, parents first; fingerprint ef011838d93f475f


-- ======================================================================
-- countries, rehome.yaml:8: public.country -> public.countries
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.country;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (c.id)::int4 AS k1
FROM public.country AS c
WHERE true
ORDER BY (c.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: finds rows that lose a value of countries_code_key
--   code, rehome.yaml:8
WITH candidate AS (SELECT (c.id)::int4 AS k1, ((c.code))::text AS v1, CASE
    WHEN char_length(((c.code))::text) > 3 THEN -1
    ELSE 0 END::int4 AS decision
FROM public.country AS c
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.country AS c WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code))), '4443485892449886387'::bigint)), 0)::text
FROM public.country AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code))), '4443485892449886387'::bigint)
FROM public.country AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: code, rehome.yaml:8
--   decision -1: code is longer than 3 characters, rehome.yaml:8
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code))), '4443485892449886387'::bigint),
  CASE
    WHEN char_length(((c.code))::text) > 3 THEN -1
    ELSE 0 END::int4,
  ((c.code))::text
FROM public.country AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (c.id)::int4::text
FROM public.country AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code))), '4443485892449886387'::bigint),
  CASE
    WHEN char_length(((c.code))::text) > 3 THEN -1
    ELSE 0 END::int4,
  ((c.code))::text
FROM public.country AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((c.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code))), '4443485892449886387'::bigint), CASE
    WHEN char_length(((c.code))::text) > 3 THEN -1
    ELSE 0 END::int4, ((c.code))::text) AS d
FROM public.country AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (c.id)::int4::text FROM public.country AS c WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (c.id)::int4::text, json_object(ARRAY['id', 'code']::text[], ARRAY[c.id::text, c.code::text]::text[])::text
FROM public.country AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.countries (id, code) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.code))), '0'::bigint)
FROM public.countries AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  code varchar
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, code) FROM STDIN (FORMAT binary);

-- target: finds rows that countries_code_key refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.code IS NULL) AND EXISTS (SELECT 1 FROM public.countries AS r WHERE r.code = s.code);

-- target: finds rows that countries_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.countries AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.countries (id, code)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.code
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.countries AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.code))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.code)) IS DISTINCT FROM record_send(ROW(s.code::varchar(3))) OR s.code::text <> s.code::varchar(3)::text THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.countries AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.countries AS t
SET code = s.code
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- lines, rehome.yaml:9: public.line -> public.lines
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.line;

-- source: cuts the keys into ranges
SELECT ending.k1::text, ending.k2::text
FROM (SELECT (l.order_id)::int4 AS k1, (l.number)::int4 AS k2
FROM public.line AS l
WHERE true
ORDER BY (l.order_id)::int4, (l.number)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.line AS l WHERE ((l.order_id)::int4, (l.number)::int4) > ('0'::int4, '0'::int4) AND ((l.order_id)::int4, (l.number)::int4) <= ('1000'::int4, '1000'::int4);

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.number)::int4, l.country_id))), '-4066409263711974991'::bigint)), 0)::text
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.number)::int4) > ('0'::int4, '0'::int4) AND ((l.order_id)::int4, (l.number)::int4) <= ('1000'::int4, '1000'::int4);

-- source: lists keys and hashes of a batch
COPY (SELECT (l.order_id)::int4, (l.number)::int4, hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.number)::int4, l.country_id))), '-4066409263711974991'::bigint)
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.number)::int4) > ('0'::int4, '0'::int4) AND ((l.order_id)::int4, (l.number)::int4) <= ('1000'::int4, '1000'::int4)) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 5: order_number, rehome.yaml:9
--   field 6: number, rehome.yaml:9
--   field 7: country_code, the key of countries, rehome.yaml:9
COPY (SELECT (l.order_id)::int4,
  (l.number)::int4,
  hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.number)::int4, l.country_id))), '-4066409263711974991'::bigint),
  0::int4,
  ((l.order_id))::int4,
  ((l.number))::int4,
  ((l.country_id))::int4
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.number)::int4) > ('0'::int4, '0'::int4) AND ((l.order_id)::int4, (l.number)::int4) <= ('1000'::int4, '1000'::int4) ORDER BY (l.order_id)::int4, (l.number)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (l.order_id)::int4::text, (l.number)::int4::text
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.number)::int4) > ('0'::int4, '0'::int4) AND ((l.order_id)::int4, (l.number)::int4) <= ('1000'::int4, '1000'::int4) ORDER BY (l.order_id)::int4, (l.number)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (l.order_id)::int4,
  (l.number)::int4,
  hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.number)::int4, l.country_id))), '-4066409263711974991'::bigint),
  0::int4,
  ((l.order_id))::int4,
  ((l.number))::int4,
  ((l.country_id))::int4
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4)) AND NOT (((l.order_id)::int4, (l.number)::int4) IN (VALUES ('1'::int4, '1'::int4))) ORDER BY (l.order_id)::int4, (l.number)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((l.order_id)::int4, (l.number)::int4, hash_record_extended(ROW(record_send(ROW((l.order_id)::int4, (l.number)::int4, l.country_id))), '-4066409263711974991'::bigint), 0::int4, ((l.order_id))::int4, ((l.number))::int4, ((l.country_id))::int4) AS d
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4)) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (l.order_id)::int4::text, (l.number)::int4::text FROM public.line AS l WHERE ((l.order_id)::int4, (l.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4));

-- source: reads the images of held rows
SELECT (l.order_id)::int4::text, (l.number)::int4::text, json_object(ARRAY['order_id', 'number', 'country_id']::text[], ARRAY[l.order_id::text, l.number::text, l.country_id::text]::text[])::text
FROM public.line AS l
WHERE ((l.order_id)::int4, (l.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4));

-- target: takes rows
COPY public.lines (order_number, number, country_code) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.order_number, t.number, hash_record_extended(ROW(record_send(ROW(t.order_number, t.number, t.country_code))), '0'::bigint)
FROM public.lines AS t JOIN unnest($1::int4[], $2::int4[]) AS k(k1, k2) ON t.order_number = k.k1 AND t.number = k.k2;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  order_number int4,
  number int4,
  country_code varchar
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, order_number, number, country_code) FROM STDIN (FORMAT binary);

-- target: finds rows that lines_country_code_fkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.country_code IS NULL) AND NOT EXISTS (SELECT 1 FROM public.countries AS r WHERE r.code = s.country_code);

-- target: finds rows that lines_pkey refuses
--   rehome.yaml:9
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.order_number IS NULL OR s.number IS NULL) AND EXISTS (SELECT 1 FROM public.lines AS r WHERE r.order_number = s.order_number AND r.number = s.number);

-- target: inserts what no constraint refuses
INSERT INTO public.lines (order_number, number, country_code)
OVERRIDING SYSTEM VALUE
SELECT s.order_number, s.number, s.country_code
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.lines AS t ON t.order_number = s.order_number AND t.number = s.number
ORDER BY t.order_number, t.number
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.order_number, t.number, t.country_code))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.country_code)) IS DISTINCT FROM record_send(ROW(s.country_code::varchar(3))) OR s.country_code::text <> s.country_code::varchar(3)::text THEN 2 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.lines AS t ON t.order_number = s.order_number AND t.number = s.number;

-- target: updates rows in which all columns differ
UPDATE public.lines AS t
SET country_code = s.country_code
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.order_number = s.order_number AND t.number = s.number;


-- ======================================================================
-- discounts, rehome.yaml:10: public.discount -> public.discounts
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.discount;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (d.id)::int4 AS k1
FROM public.discount AS d
WHERE true
ORDER BY (d.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.discount AS d WHERE (d.id)::int4 > '0'::int4 AND (d.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((d.id)::int4, d.line, d.order_id))), '-7501700726023701842'::bigint)), 0)::text
FROM public.discount AS d
WHERE (d.id)::int4 > '0'::int4 AND (d.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (d.id)::int4, hash_record_extended(ROW(record_send(ROW((d.id)::int4, d.line, d.order_id))), '-7501700726023701842'::bigint)
FROM public.discount AS d
WHERE (d.id)::int4 > '0'::int4 AND (d.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: order_number, the key of lines, rehome.yaml:15
--   field 6: line_number, the key of lines, rehome.yaml:16
COPY (SELECT (d.id)::int4,
  hash_record_extended(ROW(record_send(ROW((d.id)::int4, d.line, d.order_id))), '-7501700726023701842'::bigint),
  0::int4,
  ((d.order_id))::int4,
  ((d.line))::int4,
  ((d.order_id))::int4,
  ((d.line))::int4
FROM public.discount AS d
WHERE (d.id)::int4 > '0'::int4 AND (d.id)::int4 <= '1000'::int4 ORDER BY (d.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (d.id)::int4::text
FROM public.discount AS d
WHERE (d.id)::int4 > '0'::int4 AND (d.id)::int4 <= '1000'::int4 ORDER BY (d.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (d.id)::int4,
  hash_record_extended(ROW(record_send(ROW((d.id)::int4, d.line, d.order_id))), '-7501700726023701842'::bigint),
  0::int4,
  ((d.order_id))::int4,
  ((d.line))::int4,
  ((d.order_id))::int4,
  ((d.line))::int4
FROM public.discount AS d
WHERE (d.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((d.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (d.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((d.id)::int4, hash_record_extended(ROW(record_send(ROW((d.id)::int4, d.line, d.order_id))), '-7501700726023701842'::bigint), 0::int4, ((d.order_id))::int4, ((d.line))::int4, ((d.order_id))::int4, ((d.line))::int4) AS d
FROM public.discount AS d
WHERE (d.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (d.id)::int4::text FROM public.discount AS d WHERE (d.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (d.id)::int4::text, json_object(ARRAY['id', 'order_id', 'line']::text[], ARRAY[d.id::text, d.order_id::text, d.line::text]::text[])::text
FROM public.discount AS d
WHERE (d.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.discounts (id, order_number, line_number) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.order_number, t.line_number))), '0'::bigint)
FROM public.discounts AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  order_number int4,
  line_number int4
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, order_number, line_number) FROM STDIN (FORMAT binary);

-- target: finds rows that discounts_order_number_line_number_fkey refuses
--   rehome.yaml:15
--   rehome.yaml:16
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.order_number IS NULL OR s.line_number IS NULL) AND NOT EXISTS (SELECT 1 FROM public.lines AS r WHERE r.order_number = s.order_number AND r.number = s.line_number);

-- target: finds rows that discounts_pkey refuses
--   rehome.yaml:12
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.discounts AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.discounts (id, order_number, line_number)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.order_number, s.line_number
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.discounts AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.order_number, t.line_number))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.order_number)) IS DISTINCT FROM record_send(ROW(s.order_number)) THEN 1 END,
  CASE WHEN record_send(ROW(t.line_number)) IS DISTINCT FROM record_send(ROW(s.line_number)) THEN 2 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.discounts AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.discounts AS t
SET order_number = s.order_number,
  line_number = s.line_number
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
