-- id_mapped: 2 entities, parents first; fingerprint 14ab340c6771b18f


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

-- source: finds rows that lose a value of countries_pkey
--   code, rehome.yaml:8
WITH candidate AS (SELECT (c.id)::int4 AS k1, ((upper(c.code)))::text AS v1, CASE
    WHEN char_length(((upper(c.code)))::text) > 2 THEN -1
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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code, c.name))), '-4937647041200183372'::bigint)), 0)::text
FROM public.country AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code, c.name))), '-4937647041200183372'::bigint)
FROM public.country AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: code, rehome.yaml:8
--   field 5: name, rehome.yaml:8
--   decision -1: code is longer than 2 characters, rehome.yaml:8
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code, c.name))), '-4937647041200183372'::bigint),
  CASE
    WHEN char_length(((upper(c.code)))::text) > 2 THEN -1
    ELSE 0 END::int4,
  ((upper(c.code)))::text,
  ((c.name))::text
FROM public.country AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (c.id)::int4::text
FROM public.country AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code, c.name))), '-4937647041200183372'::bigint),
  CASE
    WHEN char_length(((upper(c.code)))::text) > 2 THEN -1
    ELSE 0 END::int4,
  ((upper(c.code)))::text,
  ((c.name))::text
FROM public.country AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((c.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.code, c.name))), '-4937647041200183372'::bigint), CASE
    WHEN char_length(((upper(c.code)))::text) > 2 THEN -1
    ELSE 0 END::int4, ((upper(c.code)))::text, ((c.name))::text) AS d
FROM public.country AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (c.id)::int4::text FROM public.country AS c WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (c.id)::int4::text, json_object(ARRAY['id', 'code', 'name']::text[], ARRAY[c.id::text, c.code::text, c.name::text]::text[])::text
FROM public.country AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.countries (code, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.code, hash_record_extended(ROW(record_send(ROW(t.code, t.name))), '0'::bigint)
FROM public.countries AS t JOIN unnest($1::varchar[]) AS k(k1) ON t.code = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  code varchar,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, code, name) FROM STDIN (FORMAT binary);

-- target: finds rows that countries_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.code IS NULL) AND EXISTS (SELECT 1 FROM public.countries AS r WHERE r.code = s.code);

-- target: inserts what no constraint refuses
INSERT INTO public.countries (code, name)
OVERRIDING SYSTEM VALUE
SELECT s.code, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.countries AS t ON t.code = s.code
ORDER BY t.code
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.code, t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.countries AS t ON t.code = s.code;

-- target: updates rows in which all columns differ
UPDATE public.countries AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.code = s.code;


-- ======================================================================
-- cities, rehome.yaml:9: public.city -> public.cities
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.city;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (c.id)::int4 AS k1
FROM public.city AS c
WHERE true
ORDER BY (c.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.city AS c WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.country_id, c.id))), '-6625158193370784440'::bigint)), 0)::text
FROM public.city AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.country_id, c.id))), '-6625158193370784440'::bigint)
FROM public.city AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: id, rehome.yaml:9
--   field 5: country, the key of countries, rehome.yaml:9
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.country_id, c.id))), '-6625158193370784440'::bigint),
  0::int4,
  ((c.id))::int4,
  ((c.country_id))::int4
FROM public.city AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (c.id)::int4::text
FROM public.city AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.country_id, c.id))), '-6625158193370784440'::bigint),
  0::int4,
  ((c.id))::int4,
  ((c.country_id))::int4
FROM public.city AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((c.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.country_id, c.id))), '-6625158193370784440'::bigint), 0::int4, ((c.id))::int4, ((c.country_id))::int4) AS d
FROM public.city AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (c.id)::int4::text FROM public.city AS c WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (c.id)::int4::text, json_object(ARRAY['id', 'country_id']::text[], ARRAY[c.id::text, c.country_id::text]::text[])::text
FROM public.city AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.cities (id, country) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.id, t.country))), '0'::bigint)
FROM public.cities AS t JOIN unnest($1::int4[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id int4,
  country varchar
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, country) FROM STDIN (FORMAT binary);

-- target: finds rows that cities_country_fkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.country IS NULL) AND NOT EXISTS (SELECT 1 FROM public.countries AS r WHERE r.code = s.country);

-- target: finds rows that cities_pkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.cities AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.cities (id, country)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.country
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.cities AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.id, t.country))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.country)) IS DISTINCT FROM record_send(ROW(s.country::varchar(2))) OR s.country::text <> s.country::varchar(2)::text THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.cities AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.cities AS t
SET country = s.country
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
