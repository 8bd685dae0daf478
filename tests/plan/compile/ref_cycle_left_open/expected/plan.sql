-- ref_cycle_left_open: 2 entities, parents first; fingerprint b1ab0914138aba57


-- ======================================================================
-- people, rehome.yaml:9: public.person -> public.people
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.person;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (p.id)::int4 AS k1
FROM public.person AS p
WHERE true
ORDER BY (p.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.person AS p WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.team_id))), '-1680017427423884404'::bigint)), 0)::text
FROM public.person AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.team_id))), '-1680017427423884404'::bigint)
FROM public.person AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: team_id, the key of teams, rehome.yaml:9
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.team_id))), '-1680017427423884404'::bigint),
  0::int4,
  ((p.team_id))::int4
FROM public.person AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (p.id)::int4::text
FROM public.person AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.team_id))), '-1680017427423884404'::bigint),
  0::int4,
  ((p.team_id))::int4
FROM public.person AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((p.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.team_id))), '-1680017427423884404'::bigint), 0::int4, ((p.team_id))::int4) AS d
FROM public.person AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (p.id)::int4::text FROM public.person AS p WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (p.id)::int4::text, json_object(ARRAY['id', 'team_id']::text[], ARRAY[p.id::text, p.team_id::text]::text[])::text
FROM public.person AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.people (id, team_id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.team_id))), '0'::bigint)
FROM public.people AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  team_id uuid
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, team_id) FROM STDIN (FORMAT binary);

-- target: finds rows that people_team_id_fkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.team_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.teams AS r WHERE r.id = s.team_id);

-- target: finds rows that people_pkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.people (id, team_id)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.team_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.people AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.team_id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.team_id)) IS DISTINCT FROM record_send(ROW(s.team_id)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.people AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.people AS t
SET team_id = s.team_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- teams, rehome.yaml:8: public.team -> public.teams
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.team;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (t.id)::int4 AS k1
FROM public.team AS t
WHERE true
ORDER BY (t.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.team AS t WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.lead_id, t.name))), '-3986136643212662366'::bigint)), 0)::text
FROM public.team AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.lead_id, t.name))), '-3986136643212662366'::bigint)
FROM public.team AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:8
--   field 5: lead_id, the key of people, rehome.yaml:8
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.lead_id, t.name))), '-3986136643212662366'::bigint),
  0::int4,
  ((t.name))::text,
  ((t.lead_id))::int4
FROM public.team AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.team AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.lead_id, t.name))), '-3986136643212662366'::bigint),
  0::int4,
  ((t.name))::text,
  ((t.lead_id))::int4
FROM public.team AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.lead_id, t.name))), '-3986136643212662366'::bigint), 0::int4, ((t.name))::text, ((t.lead_id))::int4) AS d
FROM public.team AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.team AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'lead_id', 'name']::text[], ARRAY[t.id::text, t.lead_id::text, t.name::text]::text[])::text
FROM public.team AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.teams (id, lead_id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.lead_id, t.name))), '0'::bigint)
FROM public.teams AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  lead_id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, lead_id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that teams_lead_id_fkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.lead_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.people AS r WHERE r.id = s.lead_id);

-- target: finds rows that teams_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.teams AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.teams (id, lead_id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.lead_id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.teams AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.lead_id, t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.lead_id)) IS DISTINCT FROM record_send(ROW(s.lead_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 2 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.teams AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.teams AS t
SET lead_id = s.lead_id,
  name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
