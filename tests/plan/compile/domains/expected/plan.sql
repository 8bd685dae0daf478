-- domains: 1 entity, parents first; fingerprint 1f5b3307bf77377c


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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.email, t.rate::text))), '-4417288655301323783'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.email, t.rate::text))), '-4417288655301323783'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: email, rehome.yaml:12
--   field 5: rate, rehome.yaml:12
--   field 6: code, rehome.yaml:12
--   field 7: state, rehome.yaml:12
--   decision -1: state has no value for this one of the source, rehome.yaml:12
--   decision -2: email is longer than 40 characters, rehome.yaml:12
--   decision -3: rate has more than 2 decimals, rehome.yaml:12
--   decision -4: rate does not fit public.low_rate, rehome.yaml:12
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.email, t.rate::text))), '-4417288655301323783'::bigint),
  CASE
    WHEN NOT coalesce((t.code)::text IN ('a'), false) THEN -1
    WHEN char_length(((t.email))::text) > 40 THEN -2
    WHEN ((t.rate))::numeric <> round(((t.rate))::numeric, 2) THEN -3
    WHEN abs(round(((t.rate))::numeric, 2)) >= 1e3 AND ((t.rate))::numeric <> 'NaN' THEN -4
    ELSE 0 END::int4,
  ((t.email))::text,
  ((t.rate))::numeric,
  ((t.code))::text,
  (CASE (t.code)::text WHEN 'a' THEN 'on'::text ELSE NULL::text END)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.email, t.rate::text))), '-4417288655301323783'::bigint),
  CASE
    WHEN NOT coalesce((t.code)::text IN ('a'), false) THEN -1
    WHEN char_length(((t.email))::text) > 40 THEN -2
    WHEN ((t.rate))::numeric <> round(((t.rate))::numeric, 2) THEN -3
    WHEN abs(round(((t.rate))::numeric, 2)) >= 1e3 AND ((t.rate))::numeric <> 'NaN' THEN -4
    ELSE 0 END::int4,
  ((t.email))::text,
  ((t.rate))::numeric,
  ((t.code))::text,
  (CASE (t.code)::text WHEN 'a' THEN 'on'::text ELSE NULL::text END)::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.code, t.email, t.rate::text))), '-4417288655301323783'::bigint), CASE
    WHEN NOT coalesce((t.code)::text IN ('a'), false) THEN -1
    WHEN char_length(((t.email))::text) > 40 THEN -2
    WHEN ((t.rate))::numeric <> round(((t.rate))::numeric, 2) THEN -3
    WHEN abs(round(((t.rate))::numeric, 2)) >= 1e3 AND ((t.rate))::numeric <> 'NaN' THEN -4
    ELSE 0 END::int4, ((t.email))::text, ((t.rate))::numeric, ((t.code))::text, (CASE (t.code)::text WHEN 'a' THEN 'on'::text ELSE NULL::text END)::text) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'email', 'rate', 'code']::text[], ARRAY[t.id::text, t.email::text, t.rate::text, t.code::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, email, rate, code, state) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.email::text, t.rate::text, t.code, t.state::text))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  email varchar,
  rate numeric,
  code text,
  state text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, email, rate, code, state) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, email, rate, code, state)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.email, s.rate, s.code, s.state::public.switch
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.email::text, t.rate::text, t.code, t.state::text))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN t.email::text IS DISTINCT FROM s.email::varchar(40)::text THEN 1 END,
  CASE WHEN t.rate::text IS DISTINCT FROM s.rate::numeric(5,2)::text THEN 2 END,
  CASE WHEN record_send(ROW(t.code)) IS DISTINCT FROM record_send(ROW(s.code)) THEN 3 END,
  CASE WHEN t.state::text IS DISTINCT FROM s.state::text THEN 4 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET email = s.email,
  rate = s.rate,
  code = s.code,
  state = s.state::public.switch
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
