-- checks_of_the_target: 1 entity, parents first; fingerprint be5c9d87b5735ffc


-- ======================================================================
-- nodes, rehome.yaml:8: public.node -> public.nodes
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public.node;

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT (n.id)::int4 AS k1
FROM public.node AS n
WHERE true
ORDER BY (n.id)::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: finds rows that lose a value of nodes_ordinal_refusal_key
--   ordinal, refusal, rehome.yaml:8
WITH candidate AS (SELECT (n.id)::int4 AS k1, ((n.a))::int4 AS v1, ((n.b))::int4 AS v2, CASE
    WHEN NOT coalesce((n.c)::text IN ('1'), false) THEN -1
    ELSE 0 END::int4 AS decision
FROM public.node AS n
WHERE true),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL AND v2 IS NOT NULL),
shared AS (SELECT taken.v1, taken.v2 FROM taken GROUP BY taken.v1, taken.v2 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1, taken.v2 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1 AND taken.v2 = shared.v2) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
SELECT 0, count(*) FROM public.node AS n WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.a, n.b, n.c, n.note, n.parent))), '-4306563362734168093'::bigint)), 0)::text
FROM public.node AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4;

-- source: lists keys and hashes of a batch
COPY (SELECT (n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.a, n.b, n.c, n.note, n.parent))), '-4306563362734168093'::bigint)
FROM public.node AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: id, rehome.yaml:8
--   field 5: ordinal, rehome.yaml:8
--   field 6: refusal, rehome.yaml:8
--   field 7: state, rehome.yaml:8
--   field 8: parent, rehome.yaml:9
--   field 9: note, rehome.yaml:9
--   decision -1: state has no value for this one of the source, rehome.yaml:8
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.a, n.b, n.c, n.note, n.parent))), '-4306563362734168093'::bigint),
  CASE
    WHEN NOT coalesce((n.c)::text IN ('1'), false) THEN -1
    ELSE 0 END::int4,
  ((n.id))::int4,
  ((n.a))::int4,
  ((n.b))::int4,
  (CASE (n.c)::text WHEN '1' THEN 'on'::text ELSE NULL::text END)::text,
  ((n.parent))::int4,
  ((n.note))::text
FROM public.node AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT (n.id)::int4::text
FROM public.node AS n
WHERE (n.id)::int4 > '0'::int4 AND (n.id)::int4 <= '1000'::int4 ORDER BY (n.id)::int4;

-- source: derives some rows, without one that failed
COPY (SELECT (n.id)::int4,
  hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.a, n.b, n.c, n.note, n.parent))), '-4306563362734168093'::bigint),
  CASE
    WHEN NOT coalesce((n.c)::text IN ('1'), false) THEN -1
    ELSE 0 END::int4,
  ((n.id))::int4,
  ((n.a))::int4,
  ((n.b))::int4,
  (CASE (n.c)::text WHEN '1' THEN 'on'::text ELSE NULL::text END)::text,
  ((n.parent))::int4,
  ((n.note))::text
FROM public.node AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) AND NOT ((n.id)::int4 = ANY ('{"1"}'::int4[])) ORDER BY (n.id)::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW((n.id)::int4, hash_record_extended(ROW(record_send(ROW((n.id)::int4, n.a, n.b, n.c, n.note, n.parent))), '-4306563362734168093'::bigint), CASE
    WHEN NOT coalesce((n.c)::text IN ('1'), false) THEN -1
    ELSE 0 END::int4, ((n.id))::int4, ((n.a))::int4, ((n.b))::int4, (CASE (n.c)::text WHEN '1' THEN 'on'::text ELSE NULL::text END)::text, ((n.parent))::int4, ((n.note))::text) AS d
FROM public.node AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT (n.id)::int4::text FROM public.node AS n WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT (n.id)::int4::text, json_object(ARRAY['id', 'a', 'b', 'c', 'parent', 'note']::text[], ARRAY[n.id::text, n.a::text, n.b::text, n.c::text, n.parent::text, n.note::text]::text[])::text
FROM public.node AS n
WHERE (n.id)::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public.nodes (id, ordinal, refusal, state, parent, note) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t.id, hash_record_extended(ROW(record_send(ROW(t.id, t.ordinal, t.refusal, t.state::text, t.parent, t.note))), '0'::bigint)
FROM public.nodes AS t JOIN unnest($1::int4[]) AS k(k1) ON t.id = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  id int4,
  ordinal_ int4,
  refusal_ int4,
  state text,
  parent int4,
  note text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, id, ordinal_, refusal_, state, parent, note) FROM STDIN (FORMAT binary);

-- target: finds rows that nodes_check refuses
--   rehome.yaml:8
--   rehome.yaml:8
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND (SELECT NOT (((refusal > ordinal) OR (state = 'off'::public.switch))) FROM (SELECT s.refusal_ AS refusal, s.ordinal_ AS ordinal, s.state::public.switch AS state) AS c);

-- target: finds rows that nodes_note_check refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND (SELECT NOT ((note <> ' NO INHERIT'::text)) FROM (SELECT s.note AS note) AS c);

-- target: finds rows that nodes_ordinal_check refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND (SELECT NOT ((ordinal > 0)) FROM (SELECT s.ordinal_ AS ordinal) AS c);

-- target: finds rows that nodes_parent_fkey refuses
--   rehome.yaml:9
UPDATE pg_temp.staged AS s SET refusal = 3 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.parent IS NULL) AND NOT EXISTS (SELECT 1 FROM public.nodes AS r WHERE r.id = s.parent) AND NOT EXISTS (SELECT 1 FROM pg_temp.staged AS o WHERE o.refusal IS NULL AND o.id = s.parent);

-- target: finds rows that nodes_ordinal_refusal_key refuses
--   rehome.yaml:8
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 4 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.ordinal_ IS NULL OR s.refusal_ IS NULL) AND EXISTS (SELECT 1 FROM public.nodes AS r WHERE r.ordinal = s.ordinal_ AND r.refusal = s.refusal_);

-- target: finds rows that nodes_pkey refuses
--   rehome.yaml:8
UPDATE pg_temp.staged AS s SET refusal = 5 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s.id IS NULL) AND EXISTS (SELECT 1 FROM public.nodes AS r WHERE r.id = s.id);

-- target: inserts what no constraint refuses
INSERT INTO public.nodes (id, ordinal, refusal, state, parent, note)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.ordinal_, s.refusal_, s.state::public.switch, s.parent, s.note
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.nodes AS t ON t.id = s.id
ORDER BY t.id
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t.id, t.ordinal, t.refusal, t.state::text, t.parent, t.note))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t.ordinal)) IS DISTINCT FROM record_send(ROW(s.ordinal_)) THEN 1 END,
  CASE WHEN record_send(ROW(t.refusal)) IS DISTINCT FROM record_send(ROW(s.refusal_)) THEN 2 END,
  CASE WHEN t.state::text IS DISTINCT FROM s.state::text THEN 3 END,
  CASE WHEN record_send(ROW(t.parent)) IS DISTINCT FROM record_send(ROW(s.parent)) THEN 4 END,
  CASE WHEN record_send(ROW(t.note)) IS DISTINCT FROM record_send(ROW(s.note)) THEN 5 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public.nodes AS t ON t.id = s.id;

-- target: updates rows in which all columns differ
UPDATE public.nodes AS t
SET ordinal = s.ordinal_,
  refusal = s.refusal_,
  state = s.state::public.switch,
  parent = s.parent,
  note = s.note
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t.id = s.id;
