-- loses_digits: 1 entity, parents first; fingerprint 2485f61a7dd50343


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
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.big, t.factor, t.flag, t.price, t.ratio, t.small, t.words))), '-7903198086772827861'::bigint)), 0)::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.big, t.factor, t.flag, t.price, t.ratio, t.small, t.words))), '-7903198086772827861'::bigint)
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: rate, rehome.yaml:12
--   field 5: same, rehome.yaml:12
--   field 5: wide, rehome.yaml:12
--   field 6: exact, rehome.yaml:12
--   field 7: small, rehome.yaml:12
--   field 8: whole, rehome.yaml:12
--   field 9: counted, rehome.yaml:12
--   field 10: single, rehome.yaml:13
--   field 11: double, rehome.yaml:13
--   field 12: digits, rehome.yaml:13
--   field 13: parsed, rehome.yaml:13
--   field 14: flag, rehome.yaml:13
--   field 15: sum, rehome.yaml:13
--   decision -1: rate has more than 4 decimals, rehome.yaml:12
--   decision -2: rate does not fit numeric(5,4), rehome.yaml:12
--   decision -3: exact has more than 3 decimals, rehome.yaml:12
--   decision -4: exact does not fit numeric(10,3), rehome.yaml:12
--   decision -5: small does not fit integer, rehome.yaml:12
--   decision -6: whole is not a whole number that fits bigint, rehome.yaml:12
--   decision -7: counted is not a whole number that fits smallint, rehome.yaml:12
--   decision -8: single loses digits in real, rehome.yaml:13
--   decision -9: double loses digits in double precision, rehome.yaml:13
--   decision -10: digits loses digits in double precision, rehome.yaml:13
--   decision -11: sum does not fit numeric(3,0), rehome.yaml:13
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.big, t.factor, t.flag, t.price, t.ratio, t.small, t.words))), '-7903198086772827861'::bigint),
  CASE
    WHEN ((t.ratio))::numeric <> round(((t.ratio))::numeric, 4) THEN -1
    WHEN abs(round(((t.ratio))::numeric, 4)) >= 1e1 AND ((t.ratio))::numeric <> 'NaN' THEN -2
    WHEN (((t.factor))::text)::numeric <> round((((t.factor))::text)::numeric, 3) THEN -3
    WHEN abs(round((((t.factor))::text)::numeric, 3)) >= 1e7 AND (((t.factor))::text)::numeric <> 'NaN' THEN -4
    WHEN ((t.big))::int8 NOT BETWEEN -2147483648 AND 2147483647 THEN -5
    WHEN ((t.price))::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR ((t.price))::numeric <> trunc(((t.price))::numeric) THEN -6
    WHEN NOT (((t.factor))::float8 >= -32768 AND ((t.factor))::float8 < 32767::float8 + 1) OR ((t.factor))::float8 <> trunc(((t.factor))::float8) THEN -7
    WHEN (((t.factor))::float4)::float8 IS DISTINCT FROM ((t.factor))::float8 THEN -8
    WHEN ((((t.big))::float8)::text)::numeric IS DISTINCT FROM ((t.big))::numeric THEN -9
    WHEN ((((t.price))::float8)::text)::numeric IS DISTINCT FROM ((t.price))::numeric THEN -10
    WHEN abs(round(((t.small))::numeric, 0)) >= 1e3 AND ((t.small))::numeric <> 'NaN' THEN -11
    ELSE 0 END::int4,
  ((t.ratio))::numeric,
  ((t.price))::numeric,
  (((t.factor))::text)::numeric,
  CASE WHEN (((t.big))::int8 NOT BETWEEN -2147483648 AND 2147483647) IS NOT TRUE THEN ((t.big))::int4 END,
  CASE WHEN (((t.price))::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR ((t.price))::numeric <> trunc(((t.price))::numeric)) IS NOT TRUE THEN ((t.price))::int8 END,
  CASE WHEN (NOT (((t.factor))::float8 >= -32768 AND ((t.factor))::float8 < 32767::float8 + 1) OR ((t.factor))::float8 <> trunc(((t.factor))::float8)) IS NOT TRUE THEN ((t.factor))::int2 END,
  ((t.factor))::float4,
  ((t.big))::float8,
  ((t.price))::float8,
  (((t.words))::text)::int4,
  ((t.flag))::boolean,
  ((t.small))::numeric
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (t.id)::int4::text
FROM public.thing AS t
WHERE (t.id)::int4 > '0'::int4 AND (t.id)::int4 <= '1000'::int4 ORDER BY (t.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (t.id)::int4,
  hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.big, t.factor, t.flag, t.price, t.ratio, t.small, t.words))), '-7903198086772827861'::bigint),
  CASE
    WHEN ((t.ratio))::numeric <> round(((t.ratio))::numeric, 4) THEN -1
    WHEN abs(round(((t.ratio))::numeric, 4)) >= 1e1 AND ((t.ratio))::numeric <> 'NaN' THEN -2
    WHEN (((t.factor))::text)::numeric <> round((((t.factor))::text)::numeric, 3) THEN -3
    WHEN abs(round((((t.factor))::text)::numeric, 3)) >= 1e7 AND (((t.factor))::text)::numeric <> 'NaN' THEN -4
    WHEN ((t.big))::int8 NOT BETWEEN -2147483648 AND 2147483647 THEN -5
    WHEN ((t.price))::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR ((t.price))::numeric <> trunc(((t.price))::numeric) THEN -6
    WHEN NOT (((t.factor))::float8 >= -32768 AND ((t.factor))::float8 < 32767::float8 + 1) OR ((t.factor))::float8 <> trunc(((t.factor))::float8) THEN -7
    WHEN (((t.factor))::float4)::float8 IS DISTINCT FROM ((t.factor))::float8 THEN -8
    WHEN ((((t.big))::float8)::text)::numeric IS DISTINCT FROM ((t.big))::numeric THEN -9
    WHEN ((((t.price))::float8)::text)::numeric IS DISTINCT FROM ((t.price))::numeric THEN -10
    WHEN abs(round(((t.small))::numeric, 0)) >= 1e3 AND ((t.small))::numeric <> 'NaN' THEN -11
    ELSE 0 END::int4,
  ((t.ratio))::numeric,
  ((t.price))::numeric,
  (((t.factor))::text)::numeric,
  CASE WHEN (((t.big))::int8 NOT BETWEEN -2147483648 AND 2147483647) IS NOT TRUE THEN ((t.big))::int4 END,
  CASE WHEN (((t.price))::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR ((t.price))::numeric <> trunc(((t.price))::numeric)) IS NOT TRUE THEN ((t.price))::int8 END,
  CASE WHEN (NOT (((t.factor))::float8 >= -32768 AND ((t.factor))::float8 < 32767::float8 + 1) OR ((t.factor))::float8 <> trunc(((t.factor))::float8)) IS NOT TRUE THEN ((t.factor))::int2 END,
  ((t.factor))::float4,
  ((t.big))::float8,
  ((t.price))::float8,
  (((t.words))::text)::int4,
  ((t.flag))::boolean,
  ((t.small))::numeric
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((t.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (t.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((t.id)::int4, hash_record_extended(ROW(record_send(ROW((t.id)::int4, t.big, t.factor, t.flag, t.price, t.ratio, t.small, t.words))), '-7903198086772827861'::bigint), CASE
    WHEN ((t.ratio))::numeric <> round(((t.ratio))::numeric, 4) THEN -1
    WHEN abs(round(((t.ratio))::numeric, 4)) >= 1e1 AND ((t.ratio))::numeric <> 'NaN' THEN -2
    WHEN (((t.factor))::text)::numeric <> round((((t.factor))::text)::numeric, 3) THEN -3
    WHEN abs(round((((t.factor))::text)::numeric, 3)) >= 1e7 AND (((t.factor))::text)::numeric <> 'NaN' THEN -4
    WHEN ((t.big))::int8 NOT BETWEEN -2147483648 AND 2147483647 THEN -5
    WHEN ((t.price))::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR ((t.price))::numeric <> trunc(((t.price))::numeric) THEN -6
    WHEN NOT (((t.factor))::float8 >= -32768 AND ((t.factor))::float8 < 32767::float8 + 1) OR ((t.factor))::float8 <> trunc(((t.factor))::float8) THEN -7
    WHEN (((t.factor))::float4)::float8 IS DISTINCT FROM ((t.factor))::float8 THEN -8
    WHEN ((((t.big))::float8)::text)::numeric IS DISTINCT FROM ((t.big))::numeric THEN -9
    WHEN ((((t.price))::float8)::text)::numeric IS DISTINCT FROM ((t.price))::numeric THEN -10
    WHEN abs(round(((t.small))::numeric, 0)) >= 1e3 AND ((t.small))::numeric <> 'NaN' THEN -11
    ELSE 0 END::int4, ((t.ratio))::numeric, ((t.price))::numeric, (((t.factor))::text)::numeric, CASE WHEN (((t.big))::int8 NOT BETWEEN -2147483648 AND 2147483647) IS NOT TRUE THEN ((t.big))::int4 END, CASE WHEN (((t.price))::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR ((t.price))::numeric <> trunc(((t.price))::numeric)) IS NOT TRUE THEN ((t.price))::int8 END, CASE WHEN (NOT (((t.factor))::float8 >= -32768 AND ((t.factor))::float8 < 32767::float8 + 1) OR ((t.factor))::float8 <> trunc(((t.factor))::float8)) IS NOT TRUE THEN ((t.factor))::int2 END, ((t.factor))::float4, ((t.big))::float8, ((t.price))::float8, (((t.words))::text)::int4, ((t.flag))::boolean, ((t.small))::numeric) AS d
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (t.id)::int4::text FROM public.thing AS t WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (t.id)::int4::text, json_object(ARRAY['id', 'ratio', 'price', 'factor', 'big', 'small', 'words', 'flag']::text[], ARRAY[t.id::text, t.ratio::text, t.price::text, t.factor::text, t.big::text, t.small::text, t.words::text, t.flag::text]::text[])::text
FROM public.thing AS t
WHERE (t.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.things (id, rate, same, wide, exact, small, whole, counted, single, double, digits, parsed, flag, sum) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.rate, t.same, t.wide, t.exact, t.small, t.whole, t.counted, t.single, t.double, t.digits, t.parsed, t.flag, t.sum))), '0'::bigint)
FROM public.things AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  rate numeric,
  same numeric,
  wide numeric,
  exact numeric,
  small int4,
  whole int8,
  counted int2,
  single float4,
  double float8,
  digits float8,
  parsed int4,
  flag bool,
  sum numeric
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, rate, same, wide, exact, small, whole, counted, single, double, digits, parsed, flag, sum) FROM STDIN (FORMAT binary);

-- target: finds rows that things_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.things AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.things (id, rate, same, wide, exact, small, whole, counted, single, double, digits, parsed, flag, sum)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.rate, s.same, s.wide, s.exact, s.small, s.whole, s.counted, s.single, s.double, s.digits, s.parsed, s.flag, s.sum
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.rate, t.same, t.wide, t.exact, t.small, t.whole, t.counted, t.single, t.double, t.digits, t.parsed, t.flag, t.sum))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.rate)) IS DISTINCT FROM record_send(ROW(s.rate::numeric(5,4))) THEN 1 END,
  CASE WHEN record_send(ROW(t.same)) IS DISTINCT FROM record_send(ROW(s.same::numeric(8,2))) THEN 2 END,
  CASE WHEN record_send(ROW(t.wide)) IS DISTINCT FROM record_send(ROW(s.wide)) THEN 3 END,
  CASE WHEN record_send(ROW(t.exact)) IS DISTINCT FROM record_send(ROW(s.exact::numeric(10,3))) THEN 4 END,
  CASE WHEN record_send(ROW(t.small)) IS DISTINCT FROM record_send(ROW(s.small)) THEN 5 END,
  CASE WHEN record_send(ROW(t.whole)) IS DISTINCT FROM record_send(ROW(s.whole)) THEN 6 END,
  CASE WHEN record_send(ROW(t.counted)) IS DISTINCT FROM record_send(ROW(s.counted)) THEN 7 END,
  CASE WHEN record_send(ROW(t.single)) IS DISTINCT FROM record_send(ROW(s.single)) THEN 8 END,
  CASE WHEN record_send(ROW(t.double)) IS DISTINCT FROM record_send(ROW(s.double)) THEN 9 END,
  CASE WHEN record_send(ROW(t.digits)) IS DISTINCT FROM record_send(ROW(s.digits)) THEN 10 END,
  CASE WHEN record_send(ROW(t.parsed)) IS DISTINCT FROM record_send(ROW(s.parsed)) THEN 11 END,
  CASE WHEN record_send(ROW(t.flag)) IS DISTINCT FROM record_send(ROW(s.flag)) THEN 12 END,
  CASE WHEN record_send(ROW(t.sum)) IS DISTINCT FROM record_send(ROW(s.sum::numeric(3,0))) THEN 13 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.things AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.things AS t
SET rate = s.rate,
  same = s.same,
  wide = s.wide,
  exact = s.exact,
  small = s.small,
  whole = s.whole,
  counted = s.counted,
  single = s.single,
  double = s.double,
  digits = s.digits,
  parsed = s.parsed,
  flag = s.flag,
  sum = s.sum
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
