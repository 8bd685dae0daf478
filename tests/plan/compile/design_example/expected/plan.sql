-- design_example: 6 entities, parents first; fingerprint 2375942d71b81a05


-- ======================================================================
-- patients, rehome.yaml:34: public.dispatch_patient -> public.patients
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.dispatch_patient;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (p.id)::int4 AS k1
FROM public.dispatch_patient AS p
WHERE true
ORDER BY (p.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.dispatch_patient AS p WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-4858888086136285304'::bigint)), 0)::text
FROM public.dispatch_patient AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-4858888086136285304'::bigint)
FROM public.dispatch_patient AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:34
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-4858888086136285304'::bigint),
  0::int4,
  ((p.name))::text
FROM public.dispatch_patient AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (p.id)::int4::text
FROM public.dispatch_patient AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-4858888086136285304'::bigint),
  0::int4,
  ((p.name))::text
FROM public.dispatch_patient AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((p.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.name))), '-4858888086136285304'::bigint), 0::int4, ((p.name))::text) AS d
FROM public.dispatch_patient AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (p.id)::int4::text FROM public.dispatch_patient AS p WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (p.id)::int4::text, json_object(ARRAY['id', 'name', 'doctor_id', 'office_id']::text[], ARRAY[p.id::text, p.name::text, p.doctor_id::text, p.office_id::text]::text[])::text
FROM public.dispatch_patient AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.patients (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.patients AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that patients_pkey refuses
--   rehome.yaml:34
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.patients AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.patients (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.patients AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.patients AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.patients AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- doctors, rehome.yaml:35: public.auth_user -> public.doctors
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.auth_user;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (u.id)::int4 AS k1
FROM public.auth_user AS u
WHERE true
ORDER BY (u.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.auth_user AS u WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '8126249603953807134'::bigint)), 0)::text
FROM public.auth_user AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (u.id)::int4, hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '8126249603953807134'::bigint)
FROM public.auth_user AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:35
COPY (SELECT (u.id)::int4,
  hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '8126249603953807134'::bigint),
  0::int4,
  ((u.username))::text
FROM public.auth_user AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4 ORDER BY (u.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (u.id)::int4::text
FROM public.auth_user AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4 ORDER BY (u.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (u.id)::int4,
  hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '8126249603953807134'::bigint),
  0::int4,
  ((u.username))::text
FROM public.auth_user AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((u.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (u.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((u.id)::int4, hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '8126249603953807134'::bigint), 0::int4, ((u.username))::text) AS d
FROM public.auth_user AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (u.id)::int4::text FROM public.auth_user AS u WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (u.id)::int4::text, json_object(ARRAY['id', 'username']::text[], ARRAY[u.id::text, u.username::text]::text[])::text
FROM public.auth_user AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.doctors (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.doctors AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that doctors_pkey refuses
--   rehome.yaml:35
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.doctors AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.doctors (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.doctors AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.doctors AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.doctors AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- offices, rehome.yaml:36: public.dispatch_office -> public.offices
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.dispatch_office;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (o.id)::int4 AS k1
FROM public.dispatch_office AS o
WHERE true
ORDER BY (o.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.dispatch_office AS o WHERE (o.id)::int4 > '0'::int4 AND (o.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((o.id)::int4, o.name))), '2348365445993627304'::bigint)), 0)::text
FROM public.dispatch_office AS o
WHERE (o.id)::int4 > '0'::int4 AND (o.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (o.id)::int4, hash_record_extended(ROW(record_send(ROW((o.id)::int4, o.name))), '2348365445993627304'::bigint)
FROM public.dispatch_office AS o
WHERE (o.id)::int4 > '0'::int4 AND (o.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:36
COPY (SELECT (o.id)::int4,
  hash_record_extended(ROW(record_send(ROW((o.id)::int4, o.name))), '2348365445993627304'::bigint),
  0::int4,
  ((o.name))::text
FROM public.dispatch_office AS o
WHERE (o.id)::int4 > '0'::int4 AND (o.id)::int4 <= '1000'::int4 ORDER BY (o.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (o.id)::int4::text
FROM public.dispatch_office AS o
WHERE (o.id)::int4 > '0'::int4 AND (o.id)::int4 <= '1000'::int4 ORDER BY (o.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (o.id)::int4,
  hash_record_extended(ROW(record_send(ROW((o.id)::int4, o.name))), '2348365445993627304'::bigint),
  0::int4,
  ((o.name))::text
FROM public.dispatch_office AS o
WHERE (o.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((o.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (o.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((o.id)::int4, hash_record_extended(ROW(record_send(ROW((o.id)::int4, o.name))), '2348365445993627304'::bigint), 0::int4, ((o.name))::text) AS d
FROM public.dispatch_office AS o
WHERE (o.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (o.id)::int4::text FROM public.dispatch_office AS o WHERE (o.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (o.id)::int4::text, json_object(ARRAY['id', 'name']::text[], ARRAY[o.id::text, o.name::text]::text[])::text
FROM public.dispatch_office AS o
WHERE (o.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.offices (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.offices AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that offices_pkey refuses
--   rehome.yaml:36
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.offices AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.offices (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.offices AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.offices AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.offices AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- orders, rehome.yaml:8: public.dispatch_instruction -> public.orders
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.dispatch_instruction;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (i.id)::int4 AS k1
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE true AND NOT ((i.deleted) IS TRUE)
ORDER BY (i.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: finds rows that lose a value of orders_order_number_key
--   order_number, rehome.yaml:16
WITH candidate AS (SELECT (i.id)::int4 AS k1, (('ORD-' || i.id))::text AS v1, CASE
    WHEN p.id IS NULL THEN -1
    WHEN NOT coalesce((i.status)::text IN ('0', '1', '2', '4'), false) THEN -2
    WHEN (CASE (i.status)::text WHEN '0' THEN 'no_product'::text WHEN '1' THEN 'submitted'::text WHEN '2' THEN 'approved'::text WHEN '4' THEN 'shipped'::text ELSE NULL::text END)::text NOT IN ('no_product', 'submitted', 'approved', 'shipped') THEN -3
    ELSE 0 END::int4 AS decision
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE true AND NOT ((i.deleted) IS TRUE)),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
--   1: deleted, rehome.yaml:14
SELECT CASE WHEN (i.deleted) IS TRUE THEN 1 ELSE 0 END, count(*)
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4
GROUP BY 1 ORDER BY 1;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.exports, i.id, i.patient_id, i.status, p.doctor_id, p.id, p.office_id))), '-5515180530560248086'::bigint)), 0)::text
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4 AND NOT ((i.deleted) IS TRUE);

-- source: lists keys and hashes of a batch
COPY (SELECT (i.id)::int4, hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.exports, i.id, i.patient_id, i.status, p.doctor_id, p.id, p.office_id))), '-5515180530560248086'::bigint)
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4 AND NOT ((i.deleted) IS TRUE)) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: legacy_instruction_id, rehome.yaml:13
--   field 5: order_number, rehome.yaml:16
--   field 6: status, rehome.yaml:20
--   field 7: exports, rehome.yaml:21
--   field 8: amount, rehome.yaml:22
--   field 9: metadata, rehome.yaml:23
--   field 10: patient_id, the key of patients, rehome.yaml:17
--   field 11: doctor_id, the key of doctors, rehome.yaml:18
--   field 12: office_id, the key of offices, rehome.yaml:19
--   decision -1: join p finds no row of dispatch_patient, rehome.yaml:11
--   decision -2: status has no value for this one of the source, rehome.yaml:20
--   decision -3: status has no such label in public.order_status, rehome.yaml:20
COPY (SELECT (i.id)::int4,
  hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.exports, i.id, i.patient_id, i.status, p.doctor_id, p.id, p.office_id))), '-5515180530560248086'::bigint),
  CASE
    WHEN p.id IS NULL THEN -1
    WHEN NOT coalesce((i.status)::text IN ('0', '1', '2', '4'), false) THEN -2
    WHEN (CASE (i.status)::text WHEN '0' THEN 'no_product'::text WHEN '1' THEN 'submitted'::text WHEN '2' THEN 'approved'::text WHEN '4' THEN 'shipped'::text ELSE NULL::text END)::text NOT IN ('no_product', 'submitted', 'approved', 'shipped') THEN -3
    ELSE 0 END::int4,
  ((i.id))::int4,
  (('ORD-' || i.id))::text,
  (CASE (i.status)::text WHEN '0' THEN 'no_product'::text WHEN '1' THEN 'submitted'::text WHEN '2' THEN 'approved'::text WHEN '4' THEN 'shipped'::text ELSE NULL::text END)::text,
  ((i.exports)::text)::text,
  ((i.price))::numeric,
  ('{"migration": {"table": "dispatch_instruction", "row": ' || json_object(ARRAY['id', 'price', 'status', 'deleted', 'exports', 'patient_id']::text[], ARRAY[i.id::text, i.price::text, i.status::text, i.deleted::text, i.exports::text, i.patient_id::text]::text[])::text || '}}')::text,
  ((i.patient_id))::int4,
  ((p.doctor_id))::int4,
  ((p.office_id))::int4
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4 AND NOT ((i.deleted) IS TRUE) ORDER BY (i.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (i.id)::int4::text
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE (i.id)::int4 > '0'::int4 AND (i.id)::int4 <= '1000'::int4 AND NOT ((i.deleted) IS TRUE) ORDER BY (i.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (i.id)::int4,
  hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.exports, i.id, i.patient_id, i.status, p.doctor_id, p.id, p.office_id))), '-5515180530560248086'::bigint),
  CASE
    WHEN p.id IS NULL THEN -1
    WHEN NOT coalesce((i.status)::text IN ('0', '1', '2', '4'), false) THEN -2
    WHEN (CASE (i.status)::text WHEN '0' THEN 'no_product'::text WHEN '1' THEN 'submitted'::text WHEN '2' THEN 'approved'::text WHEN '4' THEN 'shipped'::text ELSE NULL::text END)::text NOT IN ('no_product', 'submitted', 'approved', 'shipped') THEN -3
    ELSE 0 END::int4,
  ((i.id))::int4,
  (('ORD-' || i.id))::text,
  (CASE (i.status)::text WHEN '0' THEN 'no_product'::text WHEN '1' THEN 'submitted'::text WHEN '2' THEN 'approved'::text WHEN '4' THEN 'shipped'::text ELSE NULL::text END)::text,
  ((i.exports)::text)::text,
  ((i.price))::numeric,
  ('{"migration": {"table": "dispatch_instruction", "row": ' || json_object(ARRAY['id', 'price', 'status', 'deleted', 'exports', 'patient_id']::text[], ARRAY[i.id::text, i.price::text, i.status::text, i.deleted::text, i.exports::text, i.patient_id::text]::text[])::text || '}}')::text,
  ((i.patient_id))::int4,
  ((p.doctor_id))::int4,
  ((p.office_id))::int4
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE (i.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((i.deleted) IS TRUE) AND NOT ((i.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (i.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((i.id)::int4, hash_record_extended(ROW(record_send(ROW((i.id)::int4, i.exports, i.id, i.patient_id, i.status, p.doctor_id, p.id, p.office_id))), '-5515180530560248086'::bigint), CASE
    WHEN p.id IS NULL THEN -1
    WHEN NOT coalesce((i.status)::text IN ('0', '1', '2', '4'), false) THEN -2
    WHEN (CASE (i.status)::text WHEN '0' THEN 'no_product'::text WHEN '1' THEN 'submitted'::text WHEN '2' THEN 'approved'::text WHEN '4' THEN 'shipped'::text ELSE NULL::text END)::text NOT IN ('no_product', 'submitted', 'approved', 'shipped') THEN -3
    ELSE 0 END::int4, ((i.id))::int4, (('ORD-' || i.id))::text, (CASE (i.status)::text WHEN '0' THEN 'no_product'::text WHEN '1' THEN 'submitted'::text WHEN '2' THEN 'approved'::text WHEN '4' THEN 'shipped'::text ELSE NULL::text END)::text, ((i.exports)::text)::text, ((i.price))::numeric, ('{"migration": {"table": "dispatch_instruction", "row": ' || json_object(ARRAY['id', 'price', 'status', 'deleted', 'exports', 'patient_id']::text[], ARRAY[i.id::text, i.price::text, i.status::text, i.deleted::text, i.exports::text, i.patient_id::text]::text[])::text || '}}')::text, ((i.patient_id))::int4, ((p.doctor_id))::int4, ((p.office_id))::int4) AS d
FROM public.dispatch_instruction AS i
LEFT JOIN public.dispatch_patient AS p ON (p.id = i.patient_id)
WHERE (i.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((i.deleted) IS TRUE) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (i.id)::int4::text FROM public.dispatch_instruction AS i WHERE (i.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (i.id)::int4::text, json_object(ARRAY['id', 'patient_id', 'status', 'exports', 'price', 'deleted']::text[], ARRAY[i.id::text, i.patient_id::text, i.status::text, i.exports::text, i.price::text, i.deleted::text]::text[])::text
FROM public.dispatch_instruction AS i
WHERE (i.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.orders (id, legacy_instruction_id, order_number, patient_id, doctor_id, office_id, status, exports, amount, metadata) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_instruction_id, t.order_number, t.patient_id, t.doctor_id, t.office_id, t.status::text, t.exports))), '0'::bigint)
FROM public.orders AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  legacy_instruction_id int4,
  order_number text,
  patient_id uuid,
  doctor_id uuid,
  office_id uuid,
  status text,
  exports jsonb,
  amount numeric,
  metadata jsonb
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, legacy_instruction_id, order_number, patient_id, doctor_id, office_id, status, exports, amount, metadata) FROM STDIN (FORMAT binary);

-- target: finds rows that orders_amount_check refuses
--   rehome.yaml:22
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND (SELECT NOT ((amount >= (0)::numeric)) FROM (SELECT s.amount AS amount) AS c);

-- target: finds rows that orders_doctor_id_fkey refuses
--   rehome.yaml:18
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.doctor_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.doctors AS r WHERE r.id = s.doctor_id);

-- target: finds rows that orders_office_id_fkey refuses
--   rehome.yaml:19
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.office_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.offices AS r WHERE r.id = s.office_id);

-- target: finds rows that orders_patient_id_fkey refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 3 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.patient_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.patients AS r WHERE r.id = s.patient_id);

-- target: finds rows that orders_legacy_instruction_id_key refuses
--   rehome.yaml:13
UPDATE pg_temp.staged AS s SET refusal = 4 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.legacy_instruction_id IS NULL) AND EXISTS (SELECT 1 FROM public.orders AS r WHERE r.legacy_instruction_id = s.legacy_instruction_id);

-- target: finds rows that orders_order_number_key refuses
--   rehome.yaml:16
UPDATE pg_temp.staged AS s SET refusal = 5 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.order_number IS NULL) AND EXISTS (SELECT 1 FROM public.orders AS r WHERE r.order_number = s.order_number);

-- target: finds rows that orders_pkey refuses
--   rehome.yaml:12
UPDATE pg_temp.staged AS s SET refusal = 6 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.orders AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.orders (id, legacy_instruction_id, order_number, patient_id, doctor_id, office_id, status, exports, amount, metadata)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.legacy_instruction_id, s.order_number, s.patient_id, s.doctor_id, s.office_id, s.status::public.order_status, s.exports, s.amount, s.metadata
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.orders AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_instruction_id, t.order_number, t.patient_id, t.doctor_id, t.office_id, t.status::text, t.exports))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_instruction_id)) IS DISTINCT FROM record_send(ROW(s.legacy_instruction_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.order_number)) IS DISTINCT FROM record_send(ROW(s.order_number)) THEN 2 END,
  CASE WHEN record_send(ROW(t.patient_id)) IS DISTINCT FROM record_send(ROW(s.patient_id)) THEN 3 END,
  CASE WHEN record_send(ROW(t.doctor_id)) IS DISTINCT FROM record_send(ROW(s.doctor_id)) THEN 4 END,
  CASE WHEN record_send(ROW(t.office_id)) IS DISTINCT FROM record_send(ROW(s.office_id)) THEN 5 END,
  CASE WHEN t.status::text IS DISTINCT FROM s.status::text THEN 6 END,
  CASE WHEN record_send(ROW(t.exports)) IS DISTINCT FROM record_send(ROW(s.exports)) THEN 7 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.orders AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.orders AS t
SET legacy_instruction_id = s.legacy_instruction_id,
  order_number = s.order_number,
  patient_id = s.patient_id,
  doctor_id = s.doctor_id,
  office_id = s.office_id,
  status = s.status::public.order_status,
  exports = s.exports,
  metadata = CASE WHEN jsonb_typeof(t.metadata) = 'object' AND jsonb_typeof(s.metadata) = 'object' THEN t.metadata || s.metadata ELSE s.metadata END
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- profiles, rehome.yaml:37: public.auth_user -> public.profiles
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.auth_user;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (u.id)::int4 AS k1
FROM public.auth_user AS u
WHERE true
ORDER BY (u.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.auth_user AS u WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '-7408999023951924813'::bigint)), 0)::text
FROM public.auth_user AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (u.id)::int4, hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '-7408999023951924813'::bigint)
FROM public.auth_user AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:37
COPY (SELECT (u.id)::int4,
  hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '-7408999023951924813'::bigint),
  0::int4,
  ((u.username))::text
FROM public.auth_user AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4 ORDER BY (u.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (u.id)::int4::text
FROM public.auth_user AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4 ORDER BY (u.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (u.id)::int4,
  hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '-7408999023951924813'::bigint),
  0::int4,
  ((u.username))::text
FROM public.auth_user AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((u.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (u.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((u.id)::int4, hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.username))), '-7408999023951924813'::bigint), 0::int4, ((u.username))::text) AS d
FROM public.auth_user AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (u.id)::int4::text FROM public.auth_user AS u WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (u.id)::int4::text, json_object(ARRAY['id', 'username']::text[], ARRAY[u.id::text, u.username::text]::text[])::text
FROM public.auth_user AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.profiles (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.profiles AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that profiles_pkey refuses
--   rehome.yaml:37
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.profiles AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.profiles (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.profiles AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.profiles AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.profiles AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- messages, rehome.yaml:24: public.dispatch_record -> public.messages
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.dispatch_record;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (r.id)::int4 AS k1
FROM public.dispatch_record AS r
WHERE true
ORDER BY (r.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.dispatch_record AS r WHERE (r.id)::int4 > '0'::int4 AND (r.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((r.id)::int4, r.target_id, r.target_type_id, r.text))), '-4591997626131206484'::bigint)), 0)::text
FROM public.dispatch_record AS r
WHERE (r.id)::int4 > '0'::int4 AND (r.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (r.id)::int4, hash_record_extended(ROW(record_send(ROW((r.id)::int4, r.target_id, r.target_type_id, r.text))), '-4591997626131206484'::bigint)
FROM public.dispatch_record AS r
WHERE (r.id)::int4 > '0'::int4 AND (r.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: legacy_record_id, rehome.yaml:27
--   field 5: content, rehome.yaml:29
--   field 6: title, rehome.yaml:30
--   field 7: recipient_id, the key of patients, rehome.yaml:32
--   field 8: recipient_id, the key of profiles, rehome.yaml:32
--   decision -1: recipient_id has no entity for this kind of row, rehome.yaml:32
COPY (SELECT (r.id)::int4,
  hash_record_extended(ROW(record_send(ROW((r.id)::int4, r.target_id, r.target_type_id, r.text))), '-4591997626131206484'::bigint),
  CASE
    WHEN NOT coalesce((r.target_type_id)::text IN ('11', '58'), false) THEN -1
    ELSE 0 END::int4,
  ((r.id))::int4,
  ((r.text))::text,
  ((SELECT CASE WHEN cut.line IS NULL THEN 'Message' WHEN char_length(cut.line) > 50 THEN left(cut.line, 49) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line FROM (SELECT (r.text)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text,
  (CASE WHEN (r.target_type_id)::text = '11' THEN (r.target_id) END)::int4,
  (CASE WHEN (r.target_type_id)::text = '58' THEN (r.target_id) END)::int4
FROM public.dispatch_record AS r
WHERE (r.id)::int4 > '0'::int4 AND (r.id)::int4 <= '1000'::int4 ORDER BY (r.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (r.id)::int4::text
FROM public.dispatch_record AS r
WHERE (r.id)::int4 > '0'::int4 AND (r.id)::int4 <= '1000'::int4 ORDER BY (r.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (r.id)::int4,
  hash_record_extended(ROW(record_send(ROW((r.id)::int4, r.target_id, r.target_type_id, r.text))), '-4591997626131206484'::bigint),
  CASE
    WHEN NOT coalesce((r.target_type_id)::text IN ('11', '58'), false) THEN -1
    ELSE 0 END::int4,
  ((r.id))::int4,
  ((r.text))::text,
  ((SELECT CASE WHEN cut.line IS NULL THEN 'Message' WHEN char_length(cut.line) > 50 THEN left(cut.line, 49) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line FROM (SELECT (r.text)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text,
  (CASE WHEN (r.target_type_id)::text = '11' THEN (r.target_id) END)::int4,
  (CASE WHEN (r.target_type_id)::text = '58' THEN (r.target_id) END)::int4
FROM public.dispatch_record AS r
WHERE (r.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((r.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (r.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((r.id)::int4, hash_record_extended(ROW(record_send(ROW((r.id)::int4, r.target_id, r.target_type_id, r.text))), '-4591997626131206484'::bigint), CASE
    WHEN NOT coalesce((r.target_type_id)::text IN ('11', '58'), false) THEN -1
    ELSE 0 END::int4, ((r.id))::int4, ((r.text))::text, ((SELECT CASE WHEN cut.line IS NULL THEN 'Message' WHEN char_length(cut.line) > 50 THEN left(cut.line, 49) || '…' ELSE cut.line END FROM (SELECT rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line FROM (SELECT (r.text)::text AS text OFFSET 0) AS whole OFFSET 0) AS cut))::text, (CASE WHEN (r.target_type_id)::text = '11' THEN (r.target_id) END)::int4, (CASE WHEN (r.target_type_id)::text = '58' THEN (r.target_id) END)::int4) AS d
FROM public.dispatch_record AS r
WHERE (r.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (r.id)::int4::text FROM public.dispatch_record AS r WHERE (r.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (r.id)::int4::text, json_object(ARRAY['id', 'text', 'target_type_id', 'target_id']::text[], ARRAY[r.id::text, r.text::text, r.target_type_id::text, r.target_id::text]::text[])::text
FROM public.dispatch_record AS r
WHERE (r.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.messages (id, legacy_record_id, content, title, recipient_id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_record_id, t.content, t.title, t.recipient_id))), '0'::bigint)
FROM public.messages AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  legacy_record_id int4,
  content text,
  title varchar,
  recipient_id uuid
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, legacy_record_id, content, title, recipient_id) FROM STDIN (FORMAT binary);

-- target: finds rows that messages_pkey refuses
--   rehome.yaml:26
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.messages AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.messages (id, legacy_record_id, content, title, recipient_id)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.legacy_record_id, s.content, s.title, s.recipient_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.messages AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_record_id, t.content, t.title, t.recipient_id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_record_id)) IS DISTINCT FROM record_send(ROW(s.legacy_record_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.content)) IS DISTINCT FROM record_send(ROW(s.content)) THEN 2 END,
  CASE WHEN record_send(ROW(t.title)) IS DISTINCT FROM record_send(ROW(s.title::varchar(50))) OR s.title::text <> s.title::varchar(50)::text THEN 3 END,
  CASE WHEN record_send(ROW(t.recipient_id)) IS DISTINCT FROM record_send(ROW(s.recipient_id)) THEN 4 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.messages AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.messages AS t
SET legacy_record_id = s.legacy_record_id,
  content = s.content,
  title = s.title,
  recipient_id = s.recipient_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
