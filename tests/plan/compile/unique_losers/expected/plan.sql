-- unique_losers: 2 entities, parents first; fingerprint a97fea0b203b29ff


-- ======================================================================
-- users, rehome.yaml:21: public."user" -> public.users
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public."user";

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (u.id)::int4 AS k1
FROM public."user" AS u
WHERE true
ORDER BY (u.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public."user" AS u WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.name))), '1254053030589015103'::bigint)), 0)::text
FROM public."user" AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (u.id)::int4, hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.name))), '1254053030589015103'::bigint)
FROM public."user" AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:21
COPY (SELECT (u.id)::int4,
  hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.name))), '1254053030589015103'::bigint),
  0::int4,
  ((u.name))::text
FROM public."user" AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4 ORDER BY (u.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (u.id)::int4::text
FROM public."user" AS u
WHERE (u.id)::int4 > '0'::int4 AND (u.id)::int4 <= '1000'::int4 ORDER BY (u.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (u.id)::int4,
  hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.name))), '1254053030589015103'::bigint),
  0::int4,
  ((u.name))::text
FROM public."user" AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((u.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (u.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((u.id)::int4, hash_record_extended(ROW(record_send(ROW((u.id)::int4, u.name))), '1254053030589015103'::bigint), 0::int4, ((u.name))::text) AS d
FROM public."user" AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (u.id)::int4::text FROM public."user" AS u WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (u.id)::int4::text, json_object(ARRAY['id', 'name']::text[], ARRAY[u.id::text, u.name::text]::text[])::text
FROM public."user" AS u
WHERE (u.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.users (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.users AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that users_pkey refuses
--   rehome.yaml:21
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.users AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.users (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.users AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.users AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.users AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- people, rehome.yaml:8: public.person -> public.people
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.person;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (p.id)::int4 AS k1
FROM public.person AS p
WHERE true
ORDER BY (p.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: finds rows that lose a value of people_city_name_key
--   name, city, rehome.yaml:16
WITH candidate AS (SELECT (p.id)::int4 AS k1, ((p.name))::text AS v1, ((trim(p.city)))::text AS v2, CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4 AS decision
FROM public.person AS p
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL AND v2 IS NOT NULL),
shared AS (SELECT taken.v1, taken.v2 FROM taken GROUP BY taken.v1, taken.v2 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1, taken.v2 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1 AND taken.v2 = shared.v2) AS taken
WHERE n > 1;

-- source: finds rows that lose a value of people_day_key
--   day, rehome.yaml:18
WITH candidate AS (SELECT (p.id)::int4 AS k1, ((p.day))::date AS v1, CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4 AS decision
FROM public.person AS p
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken) AS taken
WHERE n > 1;

-- source: finds rows that lose a value of people_email_key
--   email, rehome.yaml:13
WITH candidate AS (SELECT (p.id)::int4 AS k1, ((nullif(lower(p.email), '')))::text AS v1, CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4 AS decision
FROM public.person AS p
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: finds rows that lose a value of people_seat_key
--   seat, rehome.yaml:20
WITH candidate AS (SELECT (p.id)::int4 AS k1, rtrim(((p.seat))::text, ' ') AS v1, CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4 AS decision
FROM public.person AS p
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: finds rows that lose a value of people_user_id_key
--   user_id, rehome.yaml:19
WITH candidate AS (SELECT (p.id)::int4 AS k1, ((p.user_id))::int4 AS v1, CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4 AS decision
FROM public.person AS p
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: finds rows that lose a value of people_word_key
--   word, rehome.yaml:17
WITH candidate AS (SELECT (p.id)::int4 AS k1, lower(((p.word))::text) AS v1, CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4 AS decision
FROM public.person AS p
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.person AS p WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.city, p.code, p.day, p.email, p.name, p.seat, p.user_id, p.word))), '-3812776368730031173'::bigint)), 0)::text
FROM public.person AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.city, p.code, p.day, p.email, p.name, p.seat, p.user_id, p.word))), '-3812776368730031173'::bigint)
FROM public.person AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: legacy_id, rehome.yaml:11
--   field 5: email, rehome.yaml:13
--   field 6: code, rehome.yaml:14
--   field 7: name, rehome.yaml:15
--   field 8: city, rehome.yaml:16
--   field 9: word, rehome.yaml:17
--   field 10: day, rehome.yaml:18
--   field 11: seat, rehome.yaml:20
--   field 12: user_id, the key of users, rehome.yaml:19
--   decision -1: seat is longer than 4 characters, rehome.yaml:20
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.city, p.code, p.day, p.email, p.name, p.seat, p.user_id, p.word))), '-3812776368730031173'::bigint),
  CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4,
  ((p.id))::int4,
  ((nullif(lower(p.email), '')))::text,
  ((p.code))::text,
  ((p.name))::text,
  ((trim(p.city)))::text,
  ((p.word))::text,
  ((p.day))::date,
  ((p.seat))::text,
  ((p.user_id))::int4
FROM public.person AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (p.id)::int4::text
FROM public.person AS p
WHERE (p.id)::int4 > '0'::int4 AND (p.id)::int4 <= '1000'::int4 ORDER BY (p.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (p.id)::int4,
  hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.city, p.code, p.day, p.email, p.name, p.seat, p.user_id, p.word))), '-3812776368730031173'::bigint),
  CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4,
  ((p.id))::int4,
  ((nullif(lower(p.email), '')))::text,
  ((p.code))::text,
  ((p.name))::text,
  ((trim(p.city)))::text,
  ((p.word))::text,
  ((p.day))::date,
  ((p.seat))::text,
  ((p.user_id))::int4
FROM public.person AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((p.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (p.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((p.id)::int4, hash_record_extended(ROW(record_send(ROW((p.id)::int4, p.city, p.code, p.day, p.email, p.name, p.seat, p.user_id, p.word))), '-3812776368730031173'::bigint), CASE
    WHEN char_length(((p.seat))::text) > 4 THEN -1
    ELSE 0 END::int4, ((p.id))::int4, ((nullif(lower(p.email), '')))::text, ((p.code))::text, ((p.name))::text, ((trim(p.city)))::text, ((p.word))::text, ((p.day))::date, ((p.seat))::text, ((p.user_id))::int4) AS d
FROM public.person AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (p.id)::int4::text FROM public.person AS p WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (p.id)::int4::text, json_object(ARRAY['id', 'email', 'code', 'name', 'city', 'word', 'day', 'user_id', 'seat']::text[], ARRAY[p.id::text, p.email::text, p.code::text, p.name::text, p.city::text, p.word::text, p.day::text, p.user_id::text, p.seat::text]::text[])::text
FROM public.person AS p
WHERE (p.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.people (id, legacy_id, email, code, name, city, word, day, user_id, seat) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.email, t.code, t.name, t.city, t.word::text, t.day, t.user_id, t.seat))), '0'::bigint)
FROM public.people AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  legacy_id int4,
  email text,
  code text,
  name text,
  city text,
  word text,
  day date,
  user_id uuid,
  seat bpchar
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, legacy_id, email, code, name, city, word, day, user_id, seat) FROM STDIN (FORMAT binary);

-- target: finds rows that people_user_id_fkey refuses
--   rehome.yaml:19
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.user_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.users AS r WHERE r.id = s.user_id);

-- target: finds rows that people_city_name_key refuses
--   rehome.yaml:16
--   rehome.yaml:15
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.city IS NULL OR s.name IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.city = s.city AND r.name = s.name);

-- target: finds rows that people_code_key refuses
--   rehome.yaml:14
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.code IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.code = s.code);

-- target: finds rows that people_day_key refuses
--   rehome.yaml:18
UPDATE pg_temp.staged AS s SET refusal = 3 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.day IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.day = s.day);

-- target: finds rows that people_email_key refuses
--   rehome.yaml:13
UPDATE pg_temp.staged AS s SET refusal = 4 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.email IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.email = s.email);

-- target: finds rows that people_legacy_id_key refuses
--   rehome.yaml:11
UPDATE pg_temp.staged AS s SET refusal = 5 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.legacy_id IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.legacy_id = s.legacy_id);

-- target: finds rows that people_pkey refuses
--   rehome.yaml:10
UPDATE pg_temp.staged AS s SET refusal = 6 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.id = s.id);

-- target: finds rows that people_seat_key refuses
--   rehome.yaml:20
UPDATE pg_temp.staged AS s SET refusal = 7 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.seat IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.seat = s.seat);

-- target: finds rows that people_user_id_key refuses
--   rehome.yaml:19
UPDATE pg_temp.staged AS s SET refusal = 8 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.user_id IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.user_id = s.user_id);

-- target: finds rows that people_word_key refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 9 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.word IS NULL) AND EXISTS (SELECT 1 FROM public.people AS r WHERE r.word = s.word::public.citext);

-- target: inserts what no constraint refuses
INSERT INTO public.people (id, legacy_id, email, code, name, city, word, day, user_id, seat)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.legacy_id, s.email, s.code, s.name, s.city, s.word::public.citext, s.day, s.user_id, s.seat
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.people AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.legacy_id, t.email, t.code, t.name, t.city, t.word::text, t.day, t.user_id, t.seat))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.legacy_id)) IS DISTINCT FROM record_send(ROW(s.legacy_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.email)) IS DISTINCT FROM record_send(ROW(s.email)) THEN 2 END,
  CASE WHEN record_send(ROW(t.code)) IS DISTINCT FROM record_send(ROW(s.code)) THEN 3 END,
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 4 END,
  CASE WHEN record_send(ROW(t.city)) IS DISTINCT FROM record_send(ROW(s.city)) THEN 5 END,
  CASE WHEN t.word::text IS DISTINCT FROM s.word::text THEN 6 END,
  CASE WHEN record_send(ROW(t.day)) IS DISTINCT FROM record_send(ROW(s.day)) THEN 7 END,
  CASE WHEN record_send(ROW(t.user_id)) IS DISTINCT FROM record_send(ROW(s.user_id)) THEN 8 END,
  CASE WHEN record_send(ROW(t.seat)) IS DISTINCT FROM record_send(ROW(s.seat::bpchar(4))) OR s.seat::text <> s.seat::bpchar(4)::text THEN 9 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.people AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.people AS t
SET legacy_id = s.legacy_id,
  email = s.email,
  code = s.code,
  name = s.name,
  city = s.city,
  word = s.word::public.citext,
  day = s.day,
  user_id = s.user_id,
  seat = s.seat
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
