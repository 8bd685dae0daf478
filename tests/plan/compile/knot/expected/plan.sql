-- knot: 5 entities, parents first; fingerprint 4f875f78ec90444e


-- ======================================================================
-- cities, rehome.yaml:18: public.city -> public.cities
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.city;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (c.id)::int4 AS k1
FROM public.city AS c
WHERE true
ORDER BY (c.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.city AS c WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.name))), '8211843159035035166'::bigint)), 0)::text
FROM public.city AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.name))), '8211843159035035166'::bigint)
FROM public.city AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: name, rehome.yaml:18
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.name))), '8211843159035035166'::bigint),
  0::int4,
  ((c.name))::text
FROM public.city AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (c.id)::int4::text
FROM public.city AS c
WHERE (c.id)::int4 > '0'::int4 AND (c.id)::int4 <= '1000'::int4 ORDER BY (c.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (c.id)::int4,
  hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.name))), '8211843159035035166'::bigint),
  0::int4,
  ((c.name))::text
FROM public.city AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((c.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (c.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((c.id)::int4, hash_record_extended(ROW(record_send(ROW((c.id)::int4, c.name))), '8211843159035035166'::bigint), 0::int4, ((c.name))::text) AS d
FROM public.city AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (c.id)::int4::text FROM public.city AS c WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (c.id)::int4::text, json_object(ARRAY['id', 'name']::text[], ARRAY[c.id::text, c.name::text]::text[])::text
FROM public.city AS c
WHERE (c.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.cities (id, name) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint)
FROM public.cities AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  name text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, name) FROM STDIN (FORMAT binary);

-- target: finds rows that cities_pkey refuses
--   rehome.yaml:18
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.cities AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.cities (id, name)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.cities AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.name))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.name)) IS DISTINCT FROM record_send(ROW(s.name)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.cities AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.cities AS t
SET name = s.name
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- folders, rehome.yaml:19: public.folder -> public.folders
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.folder;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (f.id)::int4 AS k1
FROM public.folder AS f
WHERE true
ORDER BY (f.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.folder AS f WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.parent_id))), '809528773945719204'::bigint)), 0)::text
FROM public.folder AS f
WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (f.id)::int4, hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.parent_id))), '809528773945719204'::bigint)
FROM public.folder AS f
WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: parent_id, the key of folders, rehome.yaml:19
COPY (SELECT (f.id)::int4,
  hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.parent_id))), '809528773945719204'::bigint),
  0::int4,
  ((f.parent_id))::int4
FROM public.folder AS f
WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4 ORDER BY (f.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (f.id)::int4::text
FROM public.folder AS f
WHERE (f.id)::int4 > '0'::int4 AND (f.id)::int4 <= '1000'::int4 ORDER BY (f.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (f.id)::int4,
  hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.parent_id))), '809528773945719204'::bigint),
  0::int4,
  ((f.parent_id))::int4
FROM public.folder AS f
WHERE (f.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((f.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (f.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((f.id)::int4, hash_record_extended(ROW(record_send(ROW((f.id)::int4, f.parent_id))), '809528773945719204'::bigint), 0::int4, ((f.parent_id))::int4) AS d
FROM public.folder AS f
WHERE (f.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (f.id)::int4::text FROM public.folder AS f WHERE (f.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (f.id)::int4::text, json_object(ARRAY['id', 'parent_id']::text[], ARRAY[f.id::text, f.parent_id::text]::text[])::text
FROM public.folder AS f
WHERE (f.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.folders (id, parent_id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.parent_id))), '0'::bigint)
FROM public.folders AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  parent_id uuid
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, parent_id) FROM STDIN (FORMAT binary);

-- target: finds rows that folders_parent_id_fkey refuses
--   rehome.yaml:19
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.parent_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.folders AS r WHERE r.id = s.parent_id) AND NOT EXISTS (SELECT 1 FROM pg_temp.staged AS o WHERE o.refusal IS NULL AND o.id = s.parent_id);

-- target: finds rows that folders_pkey refuses
--   rehome.yaml:19
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.folders AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.folders (id, parent_id)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.parent_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.folders AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.parent_id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.parent_id)) IS DISTINCT FROM record_send(ROW(s.parent_id)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.folders AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.folders AS t
SET parent_id = s.parent_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- employees, rehome.yaml:9: public.staff -> public.employees
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.staff;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (s.id)::int4 AS k1
FROM public.staff AS s
WHERE true
ORDER BY (s.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.staff AS s WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.boss_id, s.friend_id, s.store_id))), '-3180169986623547038'::bigint)), 0)::text
FROM public.staff AS s
WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (s.id)::int4, hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.boss_id, s.friend_id, s.store_id))), '-3180169986623547038'::bigint)
FROM public.staff AS s
WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: store_id, the key of stores, rehome.yaml:14
--   field 5: boss_id, the key of employees, rehome.yaml:15
--   field 6: friend_id, the key of employees, rehome.yaml:16
COPY (SELECT (s.id)::int4,
  hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.boss_id, s.friend_id, s.store_id))), '-3180169986623547038'::bigint),
  0::int4,
  ((s.store_id))::int4,
  ((s.boss_id))::int4,
  ((s.friend_id))::int4
FROM public.staff AS s
WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4 ORDER BY (s.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (s.id)::int4::text
FROM public.staff AS s
WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4 ORDER BY (s.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (s.id)::int4,
  hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.boss_id, s.friend_id, s.store_id))), '-3180169986623547038'::bigint),
  0::int4,
  ((s.store_id))::int4,
  ((s.boss_id))::int4,
  ((s.friend_id))::int4
FROM public.staff AS s
WHERE (s.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((s.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (s.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((s.id)::int4, hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.boss_id, s.friend_id, s.store_id))), '-3180169986623547038'::bigint), 0::int4, ((s.store_id))::int4, ((s.boss_id))::int4, ((s.friend_id))::int4) AS d
FROM public.staff AS s
WHERE (s.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (s.id)::int4::text FROM public.staff AS s WHERE (s.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (s.id)::int4::text, json_object(ARRAY['id', 'store_id', 'boss_id', 'friend_id']::text[], ARRAY[s.id::text, s.store_id::text, s.boss_id::text, s.friend_id::text]::text[])::text
FROM public.staff AS s
WHERE (s.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.employees (id, store_id, boss_id, friend_id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.store_id, t.boss_id, t.friend_id))), '0'::bigint)
FROM public.employees AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  store_id uuid,
  boss_id uuid,
  friend_id uuid
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, store_id, boss_id, friend_id) FROM STDIN (FORMAT binary);

-- target: finds rows that employees_boss_id_fkey refuses
--   rehome.yaml:15
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.boss_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.employees AS r WHERE r.id = s.boss_id) AND NOT EXISTS (SELECT 1 FROM pg_temp.staged AS o WHERE o.refusal IS NULL AND o.id = s.boss_id);

-- target: finds rows that employees_friend_id_fkey refuses
--   rehome.yaml:16
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.friend_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.employees AS r WHERE r.id = s.friend_id) AND NOT EXISTS (SELECT 1 FROM pg_temp.staged AS o WHERE o.refusal IS NULL AND o.id = s.friend_id);

-- target: finds rows that employees_store_id_fkey refuses
--   rehome.yaml:14
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.store_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.stores AS r WHERE r.id = s.store_id);

-- target: finds rows that employees_pkey refuses
--   rehome.yaml:11
UPDATE pg_temp.staged AS s SET refusal = 3 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.employees AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.employees (id, store_id, boss_id, friend_id)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.store_id, s.boss_id, s.friend_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.employees AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.store_id, t.boss_id, t.friend_id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.store_id)) IS DISTINCT FROM record_send(ROW(s.store_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.boss_id)) IS DISTINCT FROM record_send(ROW(s.boss_id)) THEN 2 END,
  CASE WHEN record_send(ROW(t.friend_id)) IS DISTINCT FROM record_send(ROW(s.friend_id)) THEN 3 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.employees AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.employees AS t
SET store_id = s.store_id,
  boss_id = s.boss_id,
  friend_id = s.friend_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- stores, rehome.yaml:17: public.store -> public.stores
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.store;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (s.id)::int4 AS k1
FROM public.store AS s
WHERE true
ORDER BY (s.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.store AS s WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.city_id, s.manager_id))), '-1894445438161475479'::bigint)), 0)::text
FROM public.store AS s
WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (s.id)::int4, hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.city_id, s.manager_id))), '-1894445438161475479'::bigint)
FROM public.store AS s
WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: manager_id, the key of employees, rehome.yaml:17
--   field 5: city_id, the key of cities, rehome.yaml:17
COPY (SELECT (s.id)::int4,
  hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.city_id, s.manager_id))), '-1894445438161475479'::bigint),
  0::int4,
  ((s.manager_id))::int4,
  ((s.city_id))::int4
FROM public.store AS s
WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4 ORDER BY (s.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (s.id)::int4::text
FROM public.store AS s
WHERE (s.id)::int4 > '0'::int4 AND (s.id)::int4 <= '1000'::int4 ORDER BY (s.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (s.id)::int4,
  hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.city_id, s.manager_id))), '-1894445438161475479'::bigint),
  0::int4,
  ((s.manager_id))::int4,
  ((s.city_id))::int4
FROM public.store AS s
WHERE (s.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((s.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (s.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((s.id)::int4, hash_record_extended(ROW(record_send(ROW((s.id)::int4, s.city_id, s.manager_id))), '-1894445438161475479'::bigint), 0::int4, ((s.manager_id))::int4, ((s.city_id))::int4) AS d
FROM public.store AS s
WHERE (s.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (s.id)::int4::text FROM public.store AS s WHERE (s.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (s.id)::int4::text, json_object(ARRAY['id', 'manager_id', 'city_id']::text[], ARRAY[s.id::text, s.manager_id::text, s.city_id::text]::text[])::text
FROM public.store AS s
WHERE (s.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.stores (id, manager_id, city_id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.manager_id, t.city_id))), '0'::bigint)
FROM public.stores AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  manager_id uuid,
  city_id uuid
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, manager_id, city_id) FROM STDIN (FORMAT binary);

-- target: finds rows that stores_city_id_fkey refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.city_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.cities AS r WHERE r.id = s.city_id);

-- target: finds rows that stores_manager_id_fkey refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.manager_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.employees AS r WHERE r.id = s.manager_id);

-- target: finds rows that stores_pkey refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.stores AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.stores (id, manager_id, city_id)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.manager_id, s.city_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.stores AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.manager_id, t.city_id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.manager_id)) IS DISTINCT FROM record_send(ROW(s.manager_id)) THEN 1 END,
  CASE WHEN record_send(ROW(t.city_id)) IS DISTINCT FROM record_send(ROW(s.city_id)) THEN 2 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.stores AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.stores AS t
SET manager_id = s.manager_id,
  city_id = s.city_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;


-- ======================================================================
-- visits, rehome.yaml:8: public.visit -> public.visits
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.visit;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (v.id)::int4 AS k1
FROM public.visit AS v
WHERE true
ORDER BY (v.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.visit AS v WHERE (v.id)::int4 > '0'::int4 AND (v.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((v.id)::int4, v.store_id))), '-5776785599444803731'::bigint)), 0)::text
FROM public.visit AS v
WHERE (v.id)::int4 > '0'::int4 AND (v.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (v.id)::int4, hash_record_extended(ROW(record_send(ROW((v.id)::int4, v.store_id))), '-5776785599444803731'::bigint)
FROM public.visit AS v
WHERE (v.id)::int4 > '0'::int4 AND (v.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: store_id, the key of stores, rehome.yaml:8
COPY (SELECT (v.id)::int4,
  hash_record_extended(ROW(record_send(ROW((v.id)::int4, v.store_id))), '-5776785599444803731'::bigint),
  0::int4,
  ((v.store_id))::int4
FROM public.visit AS v
WHERE (v.id)::int4 > '0'::int4 AND (v.id)::int4 <= '1000'::int4 ORDER BY (v.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (v.id)::int4::text
FROM public.visit AS v
WHERE (v.id)::int4 > '0'::int4 AND (v.id)::int4 <= '1000'::int4 ORDER BY (v.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (v.id)::int4,
  hash_record_extended(ROW(record_send(ROW((v.id)::int4, v.store_id))), '-5776785599444803731'::bigint),
  0::int4,
  ((v.store_id))::int4
FROM public.visit AS v
WHERE (v.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((v.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (v.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((v.id)::int4, hash_record_extended(ROW(record_send(ROW((v.id)::int4, v.store_id))), '-5776785599444803731'::bigint), 0::int4, ((v.store_id))::int4) AS d
FROM public.visit AS v
WHERE (v.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (v.id)::int4::text FROM public.visit AS v WHERE (v.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (v.id)::int4::text, json_object(ARRAY['id', 'store_id']::text[], ARRAY[v.id::text, v.store_id::text]::text[])::text
FROM public.visit AS v
WHERE (v.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.visits (id, store_id) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.store_id))), '0'::bigint)
FROM public.visits AS t JOIN unnest($1::uuid[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id uuid,
  store_id uuid
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, store_id) FROM STDIN (FORMAT binary);

-- target: finds rows that visits_store_id_fkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.store_id IS NULL) AND NOT EXISTS (SELECT 1 FROM public.stores AS r WHERE r.id = s.store_id);

-- target: finds rows that visits_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.visits AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.visits (id, store_id)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.store_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.visits AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.store_id))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.store_id)) IS DISTINCT FROM record_send(ROW(s.store_id)) THEN 1 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.visits AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.visits AS t
SET store_id = s.store_id
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
