-- each: 3 entities, parents first; fingerprint e589775518ff5d9f


-- ======================================================================
-- invoices, rehome.yaml:8: public.invoice -> public.invoices
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.invoice;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (i.id)::int4 AS k1
FROM public.invoice AS i
WHERE true
ORDER BY (i.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.invoice AS i WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.name))), '-7098375847484880516'::bigint)), 0)::text
FROM public.invoice AS i
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (i.id)::int4, hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.name))), '-7098375847484880516'::bigint)
FROM public.invoice AS i
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:8
COPY (SELECT (i.id)::int4,
  hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.name))), '-7098375847484880516'::bigint),
  0::int4,
  ((i.name))::text
FROM public.invoice AS i
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4 ORDER BY (i.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (i.id)::int4::text
FROM public.invoice AS i
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4 ORDER BY (i.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (i.id)::int4,
  hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.name))), '-7098375847484880516'::bigint),
  0::int4,
  ((i.name))::text
FROM public.invoice AS i
WHERE (i.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((i.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (i.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((i.id)::int4, hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.name))), '-7098375847484880516'::bigint), 0::int4, ((i.name))::text) AS d
FROM public.invoice AS i
WHERE (i.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (i.id)::int4::text FROM public.invoice AS i WHERE (i.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (i.id)::int4::text, json_object(ARRAY['id', 'name', 'note', 'lines', 'tags']::text[], ARRAY[i.id::text, i.name::text, i.note::text, i.lines::text, i.tags::text]::text[])::text
FROM public.invoice AS i
WHERE (i.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.invoices (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.invoices AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that invoices_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.invoices AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.invoices (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.invoices AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.invoices AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.invoices AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- lines, rehome.yaml:9: public.invoice -> public.lines
-- ======================================================================

-- source: counts what `each` gives
SELECT count(*) FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item;

-- source: counts the driving rows, and those that it gives nothing for
SELECT count(*), count(*) FILTER (WHERE given.n = 0)
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT count(*) AS n FROM (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item) AS given;

-- source: finds rows that lose a value of lines_invoice_id_line_key
--   invoice_id, line, rehome.yaml:18
WITH candidate AS (SELECT (i.id)::int4 AS k1, (number)::int8 AS k2, ((i.id))::int4 AS v1, ((number))::int8 AS v2, 0::int4 AS decision
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item
LEFT JOIN public.product AS p ON (p.sku = item ->> 'sku')
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL AND v2 IS NOT NULL),
shared AS (SELECT taken.v1, taken.v2 FROM taken GROUP BY taken.v1, taken.v2 HAVING count(*) > 1)
SELECT taken.k1, taken.k2
FROM (SELECT taken.k1, taken.k2, row_number() OVER (PARTITION BY taken.v1, taken.v2 ORDER BY taken.k1, taken.k2) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1 AND taken.v2 = shared.v2) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length((number)::int8::text), (number)::int8::text), 'UTF8'), 'hex'), 0) % 8) = 0;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((i.id)::int4, (number)::int8, i.id, item.item::text, item.number::text, p.name, p.sku))), '7508410922421723685'::bigint)), 0)::text
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item
LEFT JOIN public.product AS p ON (p.sku = item ->> 'sku')
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length((number)::int8::text), (number)::int8::text), 'UTF8'), 'hex'), 0) % 8) = 0;

-- source: lists keys and hashes of a batch
COPY (SELECT (i.id)::int4, (number)::int8, hash_record_extended(ROW(record_send(ROW((i.id)::int4, (number)::int8, i.id, item.item::text, item.number::text, p.name, p.sku))), '7508410922421723685'::bigint)
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item
LEFT JOIN public.product AS p ON (p.sku = item ->> 'sku')
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length((number)::int8::text), (number)::int8::text), 'UTF8'), 'hex'), 0) % 8) = 0) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 5: line, rehome.yaml:18
--   field 6: name, rehome.yaml:19
--   field 7: amount, rehome.yaml:20
--   field 8: invoice_id, the key of invoices, rehome.yaml:17
COPY (SELECT (i.id)::int4,
  (number)::int8,
  hash_record_extended(ROW(record_send(ROW((i.id)::int4, (number)::int8, i.id, item.item::text, item.number::text, p.name, p.sku))), '7508410922421723685'::bigint),
  0::int4,
  ((number))::int8,
  ((p.name))::text,
  (((item ->> 'price')::numeric))::numeric,
  ((i.id))::int4
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item
LEFT JOIN public.product AS p ON (p.sku = item ->> 'sku')
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length((number)::int8::text), (number)::int8::text), 'UTF8'), 'hex'), 0) % 8) = 0 ORDER BY (i.id)::int4, (number)::int8) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (i.id)::int4::text, (number)::int8::text
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item
LEFT JOIN public.product AS p ON (p.sku = item ->> 'sku')
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length((number)::int8::text), (number)::int8::text), 'UTF8'), 'hex'), 0) % 8) = 0 ORDER BY (i.id)::int4, (number)::int8;

-- source: derives some rows, without one that failed
COPY (SELECT (i.id)::int4,
  (number)::int8,
  hash_record_extended(ROW(record_send(ROW((i.id)::int4, (number)::int8, i.id, item.item::text, item.number::text, p.name, p.sku))), '7508410922421723685'::bigint),
  0::int4,
  ((number))::int8,
  ((p.name))::text,
  (((item ->> 'price')::numeric))::numeric,
  ((i.id))::int4
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item
LEFT JOIN public.product AS p ON (p.sku = item ->> 'sku')
WHERE ((i.id)::int4, (number)::int8) IN (VALUES ('1'::int4, '1'::int8), ('2'::int4, '2'::int8)) AND NOT (((i.id)::int4, (number)::int8) IN (VALUES ('1'::int4, '1'::int8))) ORDER BY (i.id)::int4, (number)::int8) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((i.id)::int4, (number)::int8, hash_record_extended(ROW(record_send(ROW((i.id)::int4, (number)::int8, i.id, item.item::text, item.number::text, p.name, p.sku))), '7508410922421723685'::bigint), 0::int4, ((number))::int8, ((p.name))::text, (((item ->> 'price')::numeric))::numeric, ((i.id))::int4) AS d
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item
LEFT JOIN public.product AS p ON (p.sku = item ->> 'sku')
WHERE ((i.id)::int4, (number)::int8) IN (VALUES ('1'::int4, '1'::int8), ('2'::int4, '2'::int8)) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (i.id)::int4::text, (number)::int8::text FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item WHERE ((i.id)::int4, (number)::int8) IN (VALUES ('1'::int4, '1'::int8), ('2'::int4, '2'::int8));

-- source: reads the images of held rows
SELECT (i.id)::int4::text, (number)::int8::text, json_object(ARRAY['id', 'name', 'note', 'lines', 'tags']::text[], ARRAY[i.id::text, i.name::text, i.note::text, i.lines::text, i.tags::text]::text[])::text
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT item, row_number() OVER () AS number FROM (SELECT (jsonb_array_elements(i.lines)) AS item) AS item) AS item
WHERE ((i.id)::int4, (number)::int8) IN (VALUES ('1'::int4, '1'::int8), ('2'::int4, '2'::int8));

-- target: takes rows
COPY public.lines (id, invoice_id, line, name, amount) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.invoice_id, t.line, t.name, t.amount))), '0'::bigint)
FROM public.lines AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  invoice_id uuid,
  line int8,
  name text,
  amount numeric
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, invoice_id, line, name, amount) FROM STDIN (FORMAT binary);

-- target: finds rows that lines_invoice_id_fkey refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.invoice_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.invoices AS r WHERE r.id = s.invoice_id);

-- target: finds rows that lines_invoice_id_line_key refuses
--   rehome.yaml:17
--   rehome.yaml:18
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.invoice_id IS NULL OR s.line IS NULL) AND EXISTS (SELECT 1 FROM public.lines AS r WHERE r.invoice_id = s.invoice_id AND r.line = s.line);

-- target: finds rows that lines_pkey refuses
--   rehome.yaml:14
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.lines AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.lines (id, invoice_id, line, name, amount)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.invoice_id, s.line, s.name, s.amount
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.lines AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.invoice_id, t.line, t.name, t.amount))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.invoice_id)) IS DISTINCT FROM record_send(ROW(s.invoice_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.line)) IS DISTINCT FROM record_send(ROW(s.line)) THEN 2 END,
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 3 END,
  CASE WHEN record_send(ROW(t.amount)) IS DISTINCT FROM record_send(ROW(s.amount)) THEN 4 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.lines AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.lines AS t
SET invoice_id = s.invoice_id,
  line = s.line,
  name = s.name,
  amount = s.amount
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- tags, rehome.yaml:21: public.invoice -> public.tags
-- ======================================================================

-- source: counts what `each` gives
SELECT count(*) FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag";

-- source: counts the driving rows, and those that it gives nothing for
SELECT count(*), count(*) FILTER (WHERE given.n = 0)
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT count(*) AS n FROM (SELECT (unnest(i.tags)) AS "Tag") AS "Tag") AS given;

-- source: finds rows that lose a value of tags_pkey
--   invoice, tag, rehome.yaml:25
WITH candidate AS (SELECT (i.id)::int4 AS k1, ("Tag")::text AS k2, ((i.id))::int4 AS v1, (("Tag"))::text AS v2, 0::int4 AS decision
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE ("Tag")::text IS NOT NULL AND NOT ((i.name like '!%') IS TRUE)),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL AND v2 IS NOT NULL),
shared AS (SELECT taken.v1, taken.v2 FROM taken GROUP BY taken.v1, taken.v2 HAVING count(*) > 1)
SELECT taken.k1, taken.k2
FROM (SELECT taken.k1, taken.k2, row_number() OVER (PARTITION BY taken.v1, taken.v2 ORDER BY taken.k1, taken.k2 COLLATE "C") AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1 AND taken.v2 = shared.v2) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
--   1: secret, rehome.yaml:27
SELECT CASE WHEN (i.name like '!%') IS TRUE THEN 1 ELSE 0 END, count(*)
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length(("Tag")::text::text), ("Tag")::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND ("Tag")::text IS NOT NULL
GROUP BY 1 ORDER BY 1;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((i.id)::int4, ("Tag")::text, i.note))), '-2959560841817001968'::bigint)), 0)::text
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length(("Tag")::text::text), ("Tag")::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND ("Tag")::text IS NOT NULL AND NOT ((i.name like '!%') IS TRUE);

-- source: lists keys and hashes of a batch
COPY (SELECT (i.id)::int4, ("Tag")::text, hash_record_extended(ROW(record_send(ROW((i.id)::int4, ("Tag")::text, i.note))), '-2959560841817001968'::bigint)
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length(("Tag")::text::text), ("Tag")::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND ("Tag")::text IS NOT NULL AND NOT ((i.name like '!%') IS TRUE)) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 5: invoice, rehome.yaml:25
--   field 6: tag, rehome.yaml:25
--   field 7: note, rehome.yaml:29
COPY (SELECT (i.id)::int4,
  ("Tag")::text,
  hash_record_extended(ROW(record_send(ROW((i.id)::int4, ("Tag")::text, i.note))), '-2959560841817001968'::bigint),
  0::int4,
  ((i.id))::int4,
  (("Tag"))::text,
  ((i.note))::text
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length(("Tag")::text::text), ("Tag")::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND ("Tag")::text IS NOT NULL AND NOT ((i.name like '!%') IS TRUE) ORDER BY (i.id)::int4, ("Tag")::text COLLATE "C") TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (i.id)::int4::text, ("Tag")::text::text
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE abs(hashtextextended(encode(convert_to(concat_ws(':', length((i.id)::int4::text), (i.id)::int4::text, length(("Tag")::text::text), ("Tag")::text::text), 'UTF8'), 'hex'), 0) % 8) = 0 AND ("Tag")::text IS NOT NULL AND NOT ((i.name like '!%') IS TRUE) ORDER BY (i.id)::int4, ("Tag")::text COLLATE "C";

-- source: derives some rows, without one that failed
COPY (SELECT (i.id)::int4,
  ("Tag")::text,
  hash_record_extended(ROW(record_send(ROW((i.id)::int4, ("Tag")::text, i.note))), '-2959560841817001968'::bigint),
  0::int4,
  ((i.id))::int4,
  (("Tag"))::text,
  ((i.note))::text
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE ((i.id)::int4, ("Tag")::text) IN (VALUES ('1'::int4, 'key 1'::text), ('2'::int4, 'key 2'::text)) AND NOT ((i.name like '!%') IS TRUE) AND NOT (((i.id)::int4, ("Tag")::text) IN (VALUES ('1'::int4, 'key 1'::text))) ORDER BY (i.id)::int4, ("Tag")::text COLLATE "C") TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((i.id)::int4, ("Tag")::text, hash_record_extended(ROW(record_send(ROW((i.id)::int4, ("Tag")::text, i.note))), '-2959560841817001968'::bigint), 0::int4, ((i.id))::int4, (("Tag"))::text, ((i.note))::text) AS d
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE ((i.id)::int4, ("Tag")::text) IN (VALUES ('1'::int4, 'key 1'::text), ('2'::int4, 'key 2'::text)) AND NOT ((i.name like '!%') IS TRUE) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (i.id)::int4::text, ("Tag")::text::text FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag" WHERE ((i.id)::int4, ("Tag")::text) IN (VALUES ('1'::int4, 'key 1'::text), ('2'::int4, 'key 2'::text));

-- source: reads the images of held rows
SELECT (i.id)::int4::text, ("Tag")::text::text, json_object(ARRAY['id', 'name', 'note', 'lines', 'tags']::text[], ARRAY[i.id::text, i.name::text, i.note::text, i.lines::text, i.tags::text]::text[])::text
FROM public.invoice AS i
CROSS JOIN LATERAL (SELECT (unnest(i.tags)) AS "Tag") AS "Tag"
WHERE ((i.id)::int4, ("Tag")::text) IN (VALUES ('1'::int4, 'key 1'::text), ('2'::int4, 'key 2'::text));

-- target: takes rows
COPY public.tags (invoice, tag, note) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.invoice, t.tag, hash_record_extended(ROW(record_send(ROW(t.invoice, t.tag, t.note))), '0'::bigint)
FROM public.tags AS t JOIN unnest($1::int4[], $2::text[]) AS k(k1, k2) ON t.invoice = k.k1 AND t.tag = k.k2;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  invoice int4,
  tag text,
  note text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, invoice, tag, note) FROM STDIN (FORMAT binary);

-- target: finds rows that tags_pkey refuses
--   rehome.yaml:25
--   rehome.yaml:25
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.invoice IS NULL OR s.tag IS NULL) AND EXISTS (SELECT 1 FROM public.tags AS r WHERE r.invoice = s.invoice AND r.tag = s.tag);

-- target: inserts what no constraint refuses
INSERT INTO public.tags (invoice, tag, note)
OVERRIDING SYSTEM VALUE
SELECT s.invoice, s.tag, s.note
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.tags AS t ON t.invoice = s.invoice AND t.tag = s.tag
ORDER BY t.invoice, t.tag
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.invoice, t.tag, t.note))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.note)) IS DISTINCT FROM record_send(ROW(s.note)) THEN 2 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.tags AS t ON t.invoice = s.invoice AND t.tag = s.tag;

-- target: updates rows in which all columns differ
UPDATE public.tags AS t
SET note = s.note
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.invoice = s.invoice AND t.tag = s.tag;
