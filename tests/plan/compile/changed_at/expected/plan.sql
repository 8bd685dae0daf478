-- changed_at: 3 entities, parents first; fingerprint cad03b88e8371d40


-- ======================================================================
-- things, rehome.yaml:9: public.thing -> public.things
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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.changed, t.id, t.name))), '859672211112546966'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.changed, t.id, t.name))), '859672211112546966'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: id, rehome.yaml:9
--   field 5: name, rehome.yaml:9
--   field 6: changed_at, rehome.yaml:9
--   decision -1: changed_at falls into the hour a clock change skips, rehome.yaml:9
--   decision -2: changed_at falls into the hour a clock change repeats, rehome.yaml:9
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.changed, t.id, t.name))), '859672211112546966'::bigint),
  CASE
    WHEN (((((t.changed)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.changed)) THEN -1
    WHEN (((((t.changed)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.changed)) AND isfinite(((t.changed))) THEN -2
    ELSE 0 END::int4,
  ((t.id))::int4,
  ((t.name))::text,
  (((t.changed)) AT TIME ZONE 'America/Los_Angeles'),
  (((changed)) AT TIME ZONE 'America/Los_Angeles')::timestamptz
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.changed, t.id, t.name))), '859672211112546966'::bigint),
  CASE
    WHEN (((((t.changed)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.changed)) THEN -1
    WHEN (((((t.changed)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.changed)) AND isfinite(((t.changed))) THEN -2
    ELSE 0 END::int4,
  ((t.id))::int4,
  ((t.name))::text,
  (((t.changed)) AT TIME ZONE 'America/Los_Angeles'),
  (((changed)) AT TIME ZONE 'America/Los_Angeles')::timestamptz
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.changed, t.id, t.name))), '859672211112546966'::bigint), CASE
    WHEN (((((t.changed)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.changed)) THEN -1
    WHEN (((((t.changed)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.changed)) AND isfinite(((t.changed))) THEN -2
    ELSE 0 END::int4, ((t.id))::int4, ((t.name))::text, (((t.changed)) AT TIME ZONE 'America/Los_Angeles'), (((changed)) AT TIME ZONE 'America/Los_Angeles')::timestamptz) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'name', 'changed', 'revision', 'modified']::text[], ARRAY[t.id::text, t.name::text, t.changed::text, t.revision::text, t.modified::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, name, changed_at) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.id, t.name, t.changed_at::text))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::int4[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id int4,
  name text,
  changed_at timestamptz,
  changed_at_ timestamptz
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name, changed_at, changed_at_) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, name, changed_at)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name, s.changed_at
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.id, t.name, t.changed_at::text))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END,
  CASE WHEN t.changed_at::text IS DISTINCT FROM s.changed_at::text THEN 2 END]::integer[], ','),
  CASE WHEN s.changed_at_ > t.changed_at THEN 'source' WHEN s.changed_at_ < t.changed_at THEN 'target' WHEN s.changed_at_ = t.changed_at THEN 'same' WHEN s.changed_at_ IS NULL THEN 'no source time' ELSE 'no target time' END
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET name = s.name,
  changed_at = s.changed_at
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- revised, rehome.yaml:10: public.thing -> public.revised
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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id, t.name))), '-7855669916642512895'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id, t.name))), '-7855669916642512895'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: id, rehome.yaml:15
--   field 5: name, rehome.yaml:15
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id, t.name))), '-7855669916642512895'::bigint),
  0::int4,
  ((t.id))::int4,
  ((t.name))::text,
  ((t.revision))::int8
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id, t.name))), '-7855669916642512895'::bigint),
  0::int4,
  ((t.id))::int4,
  ((t.name))::text,
  ((t.revision))::int8
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id, t.name))), '-7855669916642512895'::bigint), 0::int4, ((t.id))::int4, ((t.name))::text, ((t.revision))::int8) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'name', 'changed', 'revision', 'modified']::text[], ARRAY[t.id::text, t.name::text, t.changed::text, t.revision::text, t.modified::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.revised (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.id, t.name))), '0'::bigint)
FROM public.revised AS t JOIN unnest($1::int4[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id int4,
  name text,
  changed_at int8
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name, changed_at) FROM STDIN (FORMAT binary);

-- target: finds rows that revised_pkey refuses
--   rehome.yaml:15
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.revised AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.revised (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.revised AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.id, t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ','),
  CASE WHEN s.changed_at > t.revision THEN 'source' WHEN s.changed_at < t.revision THEN 'target' WHEN s.changed_at = t.revision THEN 'same' WHEN s.changed_at IS NULL THEN 'no source time' ELSE 'no target time' END
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.revised AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.revised AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- dated, rehome.yaml:16: public.thing -> public.dated
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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id))), '1937918798588971577'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id))), '1937918798588971577'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: legacy_id, rehome.yaml:19
--   field 4: id, rehome.yaml:23
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id))), '1937918798588971577'::bigint),
  0::int4,
  ((t.id))::int4,
  ((t.modified))::date
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id))), '1937918798588971577'::bigint),
  0::int4,
  ((t.id))::int4,
  ((t.modified))::date
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.id))), '1937918798588971577'::bigint), 0::int4, ((t.id))::int4, ((t.modified))::date) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'name', 'changed', 'revision', 'modified']::text[], ARRAY[t.id::text, t.name::text, t.changed::text, t.revision::text, t.modified::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.dated (legacy_id, id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.id))), '0'::bigint)
FROM public.dated AS t JOIN unnest($1::int4[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  legacy_id int4,
  id int4,
  changed_at date
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, legacy_id, id, changed_at) FROM STDIN (FORMAT binary);

-- target: finds rows that dated_legacy_id_key refuses
--   rehome.yaml:19
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.legacy_id IS NULL) AND EXISTS (SELECT 1 FROM public.dated AS r WHERE r.legacy_id = s.legacy_id);

-- target: finds rows that dated_pkey refuses
--   rehome.yaml:23
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.dated AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.dated (legacy_id, id)
OVERRIDING SYSTEM VALUE
SELECT s.legacy_id, s.id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.dated AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_id)) IS DISTINCT FROM record_send(ROW(s.legacy_id)) THEN 0 END]::integer[], ','),
  CASE WHEN s.changed_at > t.day THEN 'source' WHEN s.changed_at < t.day THEN 'target' WHEN s.changed_at = t.day THEN 'same' WHEN s.changed_at IS NULL THEN 'no source time' ELSE 'no target time' END
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.dated AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.dated AS t
SET legacy_id = s.legacy_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
