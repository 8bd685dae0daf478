-- key_nullable: 2 entities, parents first; fingerprint c7bea631442550b2


-- ======================================================================
-- products, rehome.yaml:8: public.product -> public.products
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.product;

-- source: counts what is taken of a batch, and what is excluded
--   1: draft, rehome.yaml:8
SELECT CASE WHEN (p.draft) IS TRUE THEN 1 ELSE 0 END, count(*)
FROM public.product AS p
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((p.code)::text::text), (p.code)::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (p.code)::text IS NOT NULL
GROUP BY 1 ORDER BY 1;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((p.code)::text, p.name))), '2353938813488100602'::bigint)), 0)::text
FROM public.product AS p
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((p.code)::text::text), (p.code)::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (p.code)::text IS NOT NULL AND NOT ((p.draft) IS TRUE);

-- source: lists keys and hashes of a batch
COPY (SELECT (p.code)::text, hash_record_extended(ROW(record_send(ROW((p.code)::text, p.name))), '2353938813488100602'::bigint)
FROM public.product AS p
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((p.code)::text::text), (p.code)::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (p.code)::text IS NOT NULL AND NOT ((p.draft) IS TRUE)) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: code, rehome.yaml:8
--   field 5: name, rehome.yaml:8
COPY (SELECT (p.code)::text,
  hash_record_extended(ROW(record_send(ROW((p.code)::text, p.name))), '2353938813488100602'::bigint),
  0::int4,
  ((p.code))::text,
  ((p.name))::text
FROM public.product AS p
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((p.code)::text::text), (p.code)::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (p.code)::text IS NOT NULL AND NOT ((p.draft) IS TRUE) ORDER BY (p.code)::text COLLATE "C") TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (p.code)::text::text
FROM public.product AS p
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((p.code)::text::text), (p.code)::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND (p.code)::text IS NOT NULL AND NOT ((p.draft) IS TRUE) ORDER BY (p.code)::text COLLATE "C";

-- source: derives some rows, without one that failed
COPY (SELECT (p.code)::text,
  hash_record_extended(ROW(record_send(ROW((p.code)::text, p.name))), '2353938813488100602'::bigint),
  0::int4,
  ((p.code))::text,
  ((p.name))::text
FROM public.product AS p
WHERE (p.code)::text = ANY ('{"key 1","key 2"}'::text[]) AND NOT ((p.draft) IS TRUE) AND NOT ((p.code)::text = ANY ('{"key 1"}'::text[])) ORDER BY (p.code)::text COLLATE "C") TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((p.code)::text, hash_record_extended(ROW(record_send(ROW((p.code)::text, p.name))), '2353938813488100602'::bigint), 0::int4, ((p.code))::text, ((p.name))::text) AS d
FROM public.product AS p
WHERE (p.code)::text = ANY ('{"key 1","key 2"}'::text[]) AND NOT ((p.draft) IS TRUE) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (p.code)::text::text FROM public.product AS p WHERE (p.code)::text = ANY ('{"key 1","key 2"}'::text[]);

-- source: reads the images of held rows
SELECT (p.code)::text::text, json_object(ARRAY['id', 'code', 'name', 'draft']::text[], ARRAY[p.id::text, p.code::text, p.name::text, p.draft::text]::text[])::text
FROM public.product AS p
WHERE (p.code)::text = ANY ('{"key 1","key 2"}'::text[]);

-- target: takes rows
COPY public.products (code, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.code, hash_record_extended(ROW(record_send(ROW(t.code, t.name))), '0'::bigint)
FROM public.products AS t JOIN unnest($1::text[]) AS k(k1) ON t.code = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  code text,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, code, name) FROM STDIN (FORMAT binary);

-- target: finds rows that products_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.code IS NULL) AND EXISTS (SELECT 1 FROM public.products AS r WHERE r.code = s.code);

-- target: inserts what no constraint refuses
INSERT INTO public.products (code, name)
OVERRIDING SYSTEM VALUE
SELECT s.code, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.products AS t ON t.code = s.code
ORDER BY t.code
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.code, t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.products AS t ON t.code = s.code;

-- target: updates rows in which all columns differ
UPDATE public.products AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.code = s.code;


-- ======================================================================
-- shelves, rehome.yaml:9: public.shelf -> public.shelves
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.shelf;

-- source: cuts the keys into ranges
SELECT ending.k1::text, ending.k2::text
FROM (SELECT (s.hall)::int4 AS k1, (s.number)::int4 AS k2
FROM public.shelf AS s
WHERE (s.number)::int4 IS NOT NULL
ORDER BY (s.hall)::int4, (s.number)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.shelf AS s WHERE ((s.hall)::int4, (s.number)::int4) > ('0'::int4, '0'::int4) AND ((s.hall)::int4, (s.number)::int4) <= ('1000'::int4, '1000'::int4) AND (s.number)::int4 IS NOT NULL;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((s.hall)::int4, (s.number)::int4, s.hall, s.number, s.product_code))), '696524385309896756'::bigint)), 0)::text
FROM public.shelf AS s
WHERE ((s.hall)::int4, (s.number)::int4) > ('0'::int4, '0'::int4) AND ((s.hall)::int4, (s.number)::int4) <= ('1000'::int4, '1000'::int4) AND (s.number)::int4 IS NOT NULL;

-- source: lists keys and hashes of a batch
COPY (SELECT (s.hall)::int4, (s.number)::int4, hash_record_extended(ROW(record_send(ROW((s.hall)::int4, (s.number)::int4, s.hall, s.number, s.product_code))), '696524385309896756'::bigint)
FROM public.shelf AS s
WHERE ((s.hall)::int4, (s.number)::int4) > ('0'::int4, '0'::int4) AND ((s.hall)::int4, (s.number)::int4) <= ('1000'::int4, '1000'::int4) AND (s.number)::int4 IS NOT NULL) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 5: hall, rehome.yaml:9
--   field 6: number, rehome.yaml:9
--   field 7: product_code, the key of products, rehome.yaml:9
COPY (SELECT (s.hall)::int4,
  (s.number)::int4,
  hash_record_extended(ROW(record_send(ROW((s.hall)::int4, (s.number)::int4, s.hall, s.number, s.product_code))), '696524385309896756'::bigint),
  0::int4,
  ((s.hall))::int4,
  ((s.number))::int4,
  ((s.product_code))::text
FROM public.shelf AS s
WHERE ((s.hall)::int4, (s.number)::int4) > ('0'::int4, '0'::int4) AND ((s.hall)::int4, (s.number)::int4) <= ('1000'::int4, '1000'::int4) AND (s.number)::int4 IS NOT NULL ORDER BY (s.hall)::int4, (s.number)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (s.hall)::int4::text, (s.number)::int4::text
FROM public.shelf AS s
WHERE ((s.hall)::int4, (s.number)::int4) > ('0'::int4, '0'::int4) AND ((s.hall)::int4, (s.number)::int4) <= ('1000'::int4, '1000'::int4) AND (s.number)::int4 IS NOT NULL ORDER BY (s.hall)::int4, (s.number)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (s.hall)::int4,
  (s.number)::int4,
  hash_record_extended(ROW(record_send(ROW((s.hall)::int4, (s.number)::int4, s.hall, s.number, s.product_code))), '696524385309896756'::bigint),
  0::int4,
  ((s.hall))::int4,
  ((s.number))::int4,
  ((s.product_code))::text
FROM public.shelf AS s
WHERE ((s.hall)::int4, (s.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4)) AND NOT (((s.hall)::int4, (s.number)::int4) IN (VALUES ('1'::int4, '1'::int4))) ORDER BY (s.hall)::int4, (s.number)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((s.hall)::int4, (s.number)::int4, hash_record_extended(ROW(record_send(ROW((s.hall)::int4, (s.number)::int4, s.hall, s.number, s.product_code))), '696524385309896756'::bigint), 0::int4, ((s.hall))::int4, ((s.number))::int4, ((s.product_code))::text) AS d
FROM public.shelf AS s
WHERE ((s.hall)::int4, (s.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4)) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (s.hall)::int4::text, (s.number)::int4::text FROM public.shelf AS s WHERE ((s.hall)::int4, (s.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4));

-- source: reads the images of held rows
SELECT (s.hall)::int4::text, (s.number)::int4::text, json_object(ARRAY['hall', 'number', 'product_code']::text[], ARRAY[s.hall::text, s.number::text, s.product_code::text]::text[])::text
FROM public.shelf AS s
WHERE ((s.hall)::int4, (s.number)::int4) IN (VALUES ('1'::int4, '1'::int4), ('2'::int4, '2'::int4));

-- target: takes rows
COPY public.shelves (id, hall, number, product_code) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.hall, t.number, t.product_code))), '0'::bigint)
FROM public.shelves AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  hall int4,
  number int4,
  product_code text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, hall, number, product_code) FROM STDIN (FORMAT binary);

-- target: finds rows that shelves_product_code_fkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.product_code IS NULL) AND NOT EXISTS (SELECT 1 FROM public.products AS r WHERE r.code = s.product_code);

-- target: finds rows that shelves_pkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.shelves AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.shelves (id, hall, number, product_code)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.hall, s.number, s.product_code
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.shelves AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.hall, t.number, t.product_code))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.hall)) IS DISTINCT FROM record_send(ROW(s.hall)) THEN 1 END,
  CASE WHEN record_send(ROW(t.number)) IS DISTINCT FROM record_send(ROW(s.number)) THEN 2 END,
  CASE WHEN record_send(ROW(t.product_code)) IS DISTINCT FROM record_send(ROW(s.product_code)) THEN 3 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.shelves AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.shelves AS t
SET hall = s.hall,
  number = s.number,
  product_code = s.product_code
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
