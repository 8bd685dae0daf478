-- in_flight: 1 entity, parents first; fingerprint d07aaaa44721f653


-- ======================================================================
-- files, rehome.yaml:8: public.file -> public.files
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.file;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (f.id)::int4 AS k1
FROM public.file AS f
WHERE true
ORDER BY (f.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.file AS f WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.content, f.ext, f.name, f.note))), '204397035710893079'::bigint)), 0)::text
FROM public.file AS f
WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (f.id)::int4, hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.content, f.ext, f.name, f.note))), '204397035710893079'::bigint)
FROM public.file AS f
WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: title, rehome.yaml:14
--   field 4: subtitle, rehome.yaml:15
--   field 5: checksum, rehome.yaml:16
--   field 5: checksum_copy, rehome.yaml:17
--   field 6: mime_type, rehome.yaml:19
--   decision -1: refused by no_name, rehome.yaml:12
--   decision -2: title is longer than 10 characters, rehome.yaml:14
COPY (SELECT (f.id)::int4,
  hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.content, f.ext, f.name, f.note))), '204397035710893079'::bigint),
  rehome_decided.decision_of_row,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((SELECT CASE WHEN cut.line IS NULL THEN cut.blank WHEN char_length(cut.line) > 20 THEN left(cut.line, 19) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line, CASE WHEN whole.text IS NOT NULL THEN '' END AS blank FROM (SELECT (f.note)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text END,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((f.content)::text)::text END,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((coalesce(f.ext, f.name))::text)::text END
FROM public.file AS f
CROSS JOIN LATERAL (SELECT CASE
    WHEN (f.name is null) IS TRUE THEN -1
    WHEN char_length(((SELECT CASE WHEN cut.line IS NULL THEN cut.blank WHEN char_length(cut.line) > 20 THEN left(cut.line, 19) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line, CASE WHEN whole.text IS NOT NULL THEN '' END AS blank FROM (SELECT (f.note)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text) > 10 THEN -2
    ELSE 0 END::int4 AS decision_of_row OFFSET 0) AS rehome_decided
WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4 ORDER BY (f.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (f.id)::int4::text
FROM public.file AS f
WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4 ORDER BY (f.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (f.id)::int4,
  hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.content, f.ext, f.name, f.note))), '204397035710893079'::bigint),
  rehome_decided.decision_of_row,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((SELECT CASE WHEN cut.line IS NULL THEN cut.blank WHEN char_length(cut.line) > 20 THEN left(cut.line, 19) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line, CASE WHEN whole.text IS NOT NULL THEN '' END AS blank FROM (SELECT (f.note)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text END,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((f.content)::text)::text END,
  CASE WHEN rehome_decided.decision_of_row = 0 THEN ((coalesce(f.ext, f.name))::text)::text END
FROM public.file AS f
CROSS JOIN LATERAL (SELECT CASE
    WHEN (f.name is null) IS TRUE THEN -1
    WHEN char_length(((SELECT CASE WHEN cut.line IS NULL THEN cut.blank WHEN char_length(cut.line) > 20 THEN left(cut.line, 19) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line, CASE WHEN whole.text IS NOT NULL THEN '' END AS blank FROM (SELECT (f.note)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text) > 10 THEN -2
    ELSE 0 END::int4 AS decision_of_row OFFSET 0) AS rehome_decided
WHERE (f.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((f.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (f.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((f.id)::int4, hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.content, f.ext, f.name, f.note))), '204397035710893079'::bigint), rehome_decided.decision_of_row, CASE WHEN rehome_decided.decision_of_row = 0 THEN ((SELECT CASE WHEN cut.line IS NULL THEN cut.blank WHEN char_length(cut.line) > 20 THEN left(cut.line, 19) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line, CASE WHEN whole.text IS NOT NULL THEN '' END AS blank FROM (SELECT (f.note)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text END, CASE WHEN rehome_decided.decision_of_row = 0 THEN ((f.content)::text)::text END, CASE WHEN rehome_decided.decision_of_row = 0 THEN ((coalesce(f.ext, f.name))::text)::text END) AS d
FROM public.file AS f
CROSS JOIN LATERAL (SELECT CASE
    WHEN (f.name is null) IS TRUE THEN -1
    WHEN char_length(((SELECT CASE WHEN cut.line IS NULL THEN cut.blank WHEN char_length(cut.line) > 20 THEN left(cut.line, 19) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line, CASE WHEN whole.text IS NOT NULL THEN '' END AS blank FROM (SELECT (f.note)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text) > 10 THEN -2
    ELSE 0 END::int4 AS decision_of_row OFFSET 0) AS rehome_decided
WHERE (f.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (f.id)::int4::text FROM public.file AS f WHERE (f.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (f.id)::int4::text, json_object(ARRAY['id', 'name', 'ext', 'note', 'content']::text[], ARRAY[f.id::text, f.name::text, f.ext::text, f.note::text, f.content::text]::text[])::text
FROM public.file AS f
WHERE (f.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.files (id, title, subtitle, checksum, checksum_copy, mime_type) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.title, t.subtitle, t.checksum, t.checksum_copy, t.mime_type))), '0'::bigint)
FROM public.files AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  title varchar,
  subtitle text,
  checksum bpchar,
  checksum_copy text,
  mime_type varchar
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, title, subtitle, checksum, checksum_copy, mime_type) FROM STDIN (FORMAT binary);

-- target: finds rows that files_checksum_copy_key refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.checksum_copy IS NULL) AND EXISTS (SELECT 1 FROM public.files AS r WHERE r.checksum_copy = s.checksum_copy);

-- target: finds rows that files_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.files AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.files (id, title, subtitle, checksum, checksum_copy, mime_type)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.title, s.subtitle, s.checksum, s.checksum_copy, s.mime_type
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.files AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.title, t.subtitle, t.checksum, t.checksum_copy, t.mime_type))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.title)) IS DISTINCT FROM record_send(ROW(s.title::varchar(10))) OR s.title::text <> s.title::varchar(10)::text THEN 1 END,
  CASE WHEN record_send(ROW(t.subtitle)) IS DISTINCT FROM record_send(ROW(s.subtitle)) THEN 2 END,
  CASE WHEN record_send(ROW(t.checksum)) IS DISTINCT FROM record_send(ROW(s.checksum::bpchar(64))) OR s.checksum::text <> s.checksum::bpchar(64)::text THEN 3 END,
  CASE WHEN record_send(ROW(t.checksum_copy)) IS DISTINCT FROM record_send(ROW(s.checksum_copy)) THEN 4 END,
  CASE WHEN record_send(ROW(t.mime_type)) IS DISTINCT FROM record_send(ROW(s.mime_type::varchar(80))) OR s.mime_type::text <> s.mime_type::varchar(80)::text THEN 5 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.files AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.files AS t
SET title = s.title,
  subtitle = s.subtitle,
  checksum = s.checksum,
  checksum_copy = s.checksum_copy,
  mime_type = s.mime_type
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
