-- subqueries: 1 entity, parents first; fingerprint 4af443c45fe4c5be


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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name, (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select count(*) from part p where p.thing_id = t.id) AS q), (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select max(p.name) from part p where p.thing_id = t.id) AS q), (exists (select 1 from part p where p.thing_id = t.id))::text, (t.name in (select p.name from part p))::text))), '8308659672898380969'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name, (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select count(*) from part p where p.thing_id = t.id) AS q), (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select max(p.name) from part p where p.thing_id = t.id) AS q), (exists (select 1 from part p where p.thing_id = t.id))::text, (t.name in (select p.name from part p))::text))), '8308659672898380969'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: parts, rehome.yaml:14
--   field 5: named, rehome.yaml:15
--   field 6: name, rehome.yaml:17
--   decision -1: refused by lonely, rehome.yaml:12
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name, (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select count(*) from part p where p.thing_id = t.id) AS q), (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select max(p.name) from part p where p.thing_id = t.id) AS q), (exists (select 1 from part p where p.thing_id = t.id))::text, (t.name in (select p.name from part p))::text))), '8308659672898380969'::bigint),
  rehome_decided.decision_of_row,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN (((select count(*) from part p where p.thing_id = t.id)))::int8 END,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((t.name in (select p.name from part p)))::boolean END,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((coalesce(t.name,
         (select max(p.name) from part p where p.thing_id = t.id))))::text END
FROM public.thing AS t
CROSS JOIN LATERAL (SELECT CASE
    WHEN (not exists (select 1 from part p where p.thing_id = t.id)) IS TRUE THEN -1
    ELSE 0 END::int4 AS decision_of_row OFFSET 0) AS rehome_decided
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name, (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select count(*) from part p where p.thing_id = t.id) AS q), (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select max(p.name) from part p where p.thing_id = t.id) AS q), (exists (select 1 from part p where p.thing_id = t.id))::text, (t.name in (select p.name from part p))::text))), '8308659672898380969'::bigint),
  rehome_decided.decision_of_row,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN (((select count(*) from part p where p.thing_id = t.id)))::int8 END,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((t.name in (select p.name from part p)))::boolean END,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((coalesce(t.name,
         (select max(p.name) from part p where p.thing_id = t.id))))::text END
FROM public.thing AS t
CROSS JOIN LATERAL (SELECT CASE
    WHEN (not exists (select 1 from part p where p.thing_id = t.id)) IS TRUE THEN -1
    ELSE 0 END::int4 AS decision_of_row OFFSET 0) AS rehome_decided
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.name, (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select count(*) from part p where p.thing_id = t.id) AS q), (SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE "C") FROM (select max(p.name) from part p where p.thing_id = t.id) AS q), (exists (select 1 from part p where p.thing_id = t.id))::text, (t.name in (select p.name from part p))::text))), '8308659672898380969'::bigint), rehome_decided.decision_of_row, CASE WHEN rehome_decided.decision_of_row = 0 THEN (((select count(*) from part p where p.thing_id = t.id)))::int8 END, CASE WHEN rehome_decided.decision_of_row = 0 THEN ((t.name in (select p.name from part p)))::boolean END, CASE WHEN rehome_decided.decision_of_row = 0 THEN ((coalesce(t.name,
         (select max(p.name) from part p where p.thing_id = t.id))))::text END) AS d
FROM public.thing AS t
CROSS JOIN LATERAL (SELECT CASE
    WHEN (not exists (select 1 from part p where p.thing_id = t.id)) IS TRUE THEN -1
    ELSE 0 END::int4 AS decision_of_row OFFSET 0) AS rehome_decided
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'name']::text[], ARRAY[t.id::text, t.name::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, parts, named, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.parts, t.named, t.name))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  parts int8,
  named bool,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, parts, named, name) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, parts, named, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.parts, s.named, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.parts, t.named, t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.parts)) IS DISTINCT FROM record_send(ROW(s.parts)) THEN 1 END,
  CASE WHEN record_send(ROW(t.named)) IS DISTINCT FROM record_send(ROW(s.named)) THEN 2 END,
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 3 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET parts = s.parts,
  named = s.named,
  name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
