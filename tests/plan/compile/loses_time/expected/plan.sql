-- loses_time: 1 entity, parents first; fingerprint 7330a1b353048c66


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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.day, t.hour, t.length, t.milli, t.moment, t.naive))), '-1148555860117632954'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.day, t.hour, t.length, t.milli, t.moment, t.naive))), '-1148555860117632954'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: second, rehome.yaml:13
--   field 5: naive, rehome.yaml:13
--   field 5: naive_second, rehome.yaml:13
--   field 6: kept, rehome.yaml:13
--   field 7: day, rehome.yaml:13
--   field 8: start, rehome.yaml:13
--   field 9: milli, rehome.yaml:14
--   field 10: length, rehome.yaml:14
--   field 10: years, rehome.yaml:14
--   field 11: hour, rehome.yaml:14
--   decision -1: second keeps fewer digits of a second, rehome.yaml:13
--   decision -2: naive falls into the hour a clock change skips, rehome.yaml:13
--   decision -3: naive falls into the hour a clock change repeats, rehome.yaml:13
--   decision -4: naive_second falls into the hour a clock change skips, rehome.yaml:13
--   decision -5: naive_second falls into the hour a clock change repeats, rehome.yaml:13
--   decision -6: naive_second keeps fewer digits of a second, rehome.yaml:13
--   decision -7: day has a time of day, rehome.yaml:13
--   decision -8: length loses something in interval(0), rehome.yaml:14
--   decision -9: years loses something in interval year to month, rehome.yaml:14
--   decision -10: hour loses something in time(0) without time zone, rehome.yaml:14
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.day, t.hour, t.length, t.milli, t.moment, t.naive))), '-1148555860117632954'::bigint),
  CASE
    WHEN ((t.moment))::timestamptz IS DISTINCT FROM (((t.moment))::timestamptz)::timestamptz(0) THEN -1
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.naive)) THEN -2
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.naive)) AND isfinite(((t.naive))) THEN -3
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.naive)) THEN -4
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.naive)) AND isfinite(((t.naive))) THEN -5
    WHEN (((t.naive)) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((((t.naive)) AT TIME ZONE 'America/Los_Angeles'))::timestamptz(0) THEN -6
    WHEN (((t.naive))::date)::timestamp IS DISTINCT FROM (t.naive) THEN -7
    WHEN ((t.length))::interval IS DISTINCT FROM (((t.length))::interval)::interval(0) THEN -8
    WHEN ((t.length))::interval IS DISTINCT FROM (((t.length))::interval)::interval year to month THEN -9
    WHEN ((t.hour))::time IS DISTINCT FROM (((t.hour))::time)::time(0) THEN -10
    ELSE 0 END::int4,
  ((t.moment))::timestamptz,
  (((t.naive)) AT TIME ZONE 'America/Los_Angeles'),
  ((t.naive))::timestamp,
  ((t.naive))::date,
  ((t.day))::timestamp,
  ((t.milli))::timestamptz,
  ((t.length))::interval,
  ((t.hour))::time
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.day, t.hour, t.length, t.milli, t.moment, t.naive))), '-1148555860117632954'::bigint),
  CASE
    WHEN ((t.moment))::timestamptz IS DISTINCT FROM (((t.moment))::timestamptz)::timestamptz(0) THEN -1
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.naive)) THEN -2
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.naive)) AND isfinite(((t.naive))) THEN -3
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.naive)) THEN -4
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.naive)) AND isfinite(((t.naive))) THEN -5
    WHEN (((t.naive)) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((((t.naive)) AT TIME ZONE 'America/Los_Angeles'))::timestamptz(0) THEN -6
    WHEN (((t.naive))::date)::timestamp IS DISTINCT FROM (t.naive) THEN -7
    WHEN ((t.length))::interval IS DISTINCT FROM (((t.length))::interval)::interval(0) THEN -8
    WHEN ((t.length))::interval IS DISTINCT FROM (((t.length))::interval)::interval year to month THEN -9
    WHEN ((t.hour))::time IS DISTINCT FROM (((t.hour))::time)::time(0) THEN -10
    ELSE 0 END::int4,
  ((t.moment))::timestamptz,
  (((t.naive)) AT TIME ZONE 'America/Los_Angeles'),
  ((t.naive))::timestamp,
  ((t.naive))::date,
  ((t.day))::timestamp,
  ((t.milli))::timestamptz,
  ((t.length))::interval,
  ((t.hour))::time
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.day, t.hour, t.length, t.milli, t.moment, t.naive))), '-1148555860117632954'::bigint), CASE
    WHEN ((t.moment))::timestamptz IS DISTINCT FROM (((t.moment))::timestamptz)::timestamptz(0) THEN -1
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.naive)) THEN -2
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.naive)) AND isfinite(((t.naive))) THEN -3
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles')) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((t.naive)) THEN -4
    WHEN (((((t.naive)) AT TIME ZONE 'America/Los_Angeles') - interval '1 hour') AT TIME ZONE 'America/Los_Angeles') = ((t.naive)) AND isfinite(((t.naive))) THEN -5
    WHEN (((t.naive)) AT TIME ZONE 'America/Los_Angeles') IS DISTINCT FROM ((((t.naive)) AT TIME ZONE 'America/Los_Angeles'))::timestamptz(0) THEN -6
    WHEN (((t.naive))::date)::timestamp IS DISTINCT FROM (t.naive) THEN -7
    WHEN ((t.length))::interval IS DISTINCT FROM (((t.length))::interval)::interval(0) THEN -8
    WHEN ((t.length))::interval IS DISTINCT FROM (((t.length))::interval)::interval year to month THEN -9
    WHEN ((t.hour))::time IS DISTINCT FROM (((t.hour))::time)::time(0) THEN -10
    ELSE 0 END::int4, ((t.moment))::timestamptz, (((t.naive)) AT TIME ZONE 'America/Los_Angeles'), ((t.naive))::timestamp, ((t.naive))::date, ((t.day))::timestamp, ((t.milli))::timestamptz, ((t.length))::interval, ((t.hour))::time) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'moment', 'milli', 'naive', 'day', 'length', 'hour']::text[], ARRAY[t.id::text, t.moment::text, t.milli::text, t.naive::text, t.day::text, t.length::text, t.hour::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, second, naive, naive_second, kept, day, start, milli, length, years, hour) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.second, t.naive, t.naive_second, t.kept, t.day, t.start, t.milli, t.length, t.years, t.hour))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  second timestamptz,
  naive timestamptz,
  naive_second timestamptz,
  kept timestamp,
  day date,
  start timestamp,
  milli timestamptz,
  length interval,
  years interval,
  hour time
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, second, naive, naive_second, kept, day, start, milli, length, years, hour) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:11
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, second, naive, naive_second, kept, day, start, milli, length, years, hour)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.second, s.naive, s.naive_second, s.kept, s.day, s.start, s.milli, s.length, s.years, s.hour
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.second, t.naive, t.naive_second, t.kept, t.day, t.start, t.milli, t.length, t.years, t.hour))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.second)) IS DISTINCT FROM record_send(ROW(s.second::timestamptz(0))) THEN 1 END,
  CASE WHEN record_send(ROW(t.naive)) IS DISTINCT FROM record_send(ROW(s.naive)) THEN 2 END,
  CASE WHEN record_send(ROW(t.naive_second)) IS DISTINCT FROM record_send(ROW(s.naive_second::timestamptz(0))) THEN 3 END,
  CASE WHEN record_send(ROW(t.kept)) IS DISTINCT FROM record_send(ROW(s.kept)) THEN 4 END,
  CASE WHEN record_send(ROW(t.day)) IS DISTINCT FROM record_send(ROW(s.day)) THEN 5 END,
  CASE WHEN record_send(ROW(t.start)) IS DISTINCT FROM record_send(ROW(s.start)) THEN 6 END,
  CASE WHEN record_send(ROW(t.milli)) IS DISTINCT FROM record_send(ROW(s.milli::timestamptz(3))) THEN 7 END,
  CASE WHEN record_send(ROW(t.length)) IS DISTINCT FROM record_send(ROW(s.length::interval(0))) THEN 8 END,
  CASE WHEN record_send(ROW(t.years)) IS DISTINCT FROM record_send(ROW(s.years::interval year to month)) THEN 9 END,
  CASE WHEN record_send(ROW(t.hour)) IS DISTINCT FROM record_send(ROW(s.hour::time(0))) THEN 10 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET second = s.second,
  naive = s.naive,
  naive_second = s.naive_second,
  kept = s.kept,
  day = s.day,
  start = s.start,
  milli = s.milli,
  length = s.length,
  years = s.years,
  hour = s.hour
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
