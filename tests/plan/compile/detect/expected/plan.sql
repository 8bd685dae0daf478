-- detect: 3 entities, parents first; fingerprint e2bb5192829dc403


-- ======================================================================
-- things, rehome.yaml:9: public.thing -> public.things
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.thing;

-- source: finds the latest change
SELECT max(t.changed_at)::text FROM public.thing AS t WHERE t.changed_at <= transaction_timestamp();

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (t.id)::int4 AS k1
FROM public.thing AS t
WHERE true AND NOT ((t.hidden) IS TRUE)
ORDER BY (t.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
--   1: hidden, rehome.yaml:9
SELECT CASE WHEN (t.hidden) IS TRUE THEN 1 ELSE 0 END, count(*)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4
GROUP BY 1 ORDER BY 1;

-- source: counts the same, and what may have changed since a certain moment
SELECT CASE WHEN (t.hidden) IS TRUE THEN 1 ELSE 0 END, count(*), count(*) FILTER (WHERE (t.changed_at <= '2026-01-01'::timestamptz - interval '10 minutes') IS NOT TRUE)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4
GROUP BY 1 ORDER BY 1;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name))), '-6998733876962683178'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 AND NOT ((t.hidden) IS TRUE);

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name))), '-6998733876962683178'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 AND NOT ((t.hidden) IS TRUE)) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:9
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name))), '-6998733876962683178'::bigint),
  0::int4,
  ((t.name))::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 AND NOT ((t.hidden) IS TRUE) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 AND NOT ((t.hidden) IS TRUE) ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name))), '-6998733876962683178'::bigint),
  0::int4,
  ((t.name))::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.hidden) IS TRUE) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name))), '-6998733876962683178'::bigint), 0::int4, ((t.name))::text) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.hidden) IS TRUE) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'name', 'hidden', 'changed_at']::text[], ARRAY[t.id::text, t.name::text, t.hidden::text, t.changed_at::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:9
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
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- naive, rehome.yaml:10: public.naive -> public.naives
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.naive;

-- source: finds the latest change
SELECT max(n.changed_at)::text FROM public.naive AS n WHERE n.changed_at <= transaction_timestamp() AT TIME ZONE 'Europe/Berlin';

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (n.id)::int4 AS k1
FROM public.naive AS n
WHERE true
ORDER BY (n.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.naive AS n WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: counts the same, and what may have changed since a certain moment
SELECT 0, count(*), count(*) FILTER (WHERE (n.changed_at <= '2026-01-01'::timestamp - interval '1 days') IS NOT TRUE) FROM public.naive AS n WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '-2131213409870032201'::bigint)), 0)::text
FROM public.naive AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '-2131213409870032201'::bigint)
FROM public.naive AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:10
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '-2131213409870032201'::bigint),
  0::int4,
  ((name))::text
FROM public.naive AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (n.id)::int4::text
FROM public.naive AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '-2131213409870032201'::bigint),
  0::int4,
  ((name))::text
FROM public.naive AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((n.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '-2131213409870032201'::bigint), 0::int4, ((name))::text) AS d
FROM public.naive AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (n.id)::int4::text FROM public.naive AS n WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (n.id)::int4::text, json_object(ARRAY['id', 'name', 'changed_at']::text[], ARRAY[n.id::text, n.name::text, n.changed_at::text]::text[])::text
FROM public.naive AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.naives (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.naives AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that naives_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.naives AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.naives (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.naives AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.naives AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.naives AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- numbered, rehome.yaml:11: public.numbered -> public.numbereds
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.numbered;

-- source: finds the latest change
SELECT max(n.version)::text FROM public.numbered AS n WHERE true;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (n.id)::int4 AS k1
FROM public.numbered AS n
WHERE true
ORDER BY (n.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.numbered AS n WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: counts the same, and what may have changed since a certain moment
SELECT 0, count(*), count(*) FILTER (WHERE (n.version <= '1000'::int4 - 500::int8) IS NOT TRUE) FROM public.numbered AS n WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '8461624868415441342'::bigint)), 0)::text
FROM public.numbered AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '8461624868415441342'::bigint)
FROM public.numbered AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:11
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '8461624868415441342'::bigint),
  0::int4,
  ((n.name))::text
FROM public.numbered AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (n.id)::int4::text
FROM public.numbered AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '8461624868415441342'::bigint),
  0::int4,
  ((n.name))::text
FROM public.numbered AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((n.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.name))), '8461624868415441342'::bigint), 0::int4, ((n.name))::text) AS d
FROM public.numbered AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (n.id)::int4::text FROM public.numbered AS n WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (n.id)::int4::text, json_object(ARRAY['id', 'name', 'version']::text[], ARRAY[n.id::text, n.name::text, n.version::text]::text[])::text
FROM public.numbered AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.numbereds (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.numbereds AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that numbereds_pkey refuses
--   rehome.yaml:11
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.numbereds AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.numbereds (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.numbereds AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.numbereds AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.numbereds AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
