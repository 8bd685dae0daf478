-- nasty_identifiers: 1 entity, parents first; fingerprint e494afbb48540c53


-- ======================================================================
-- things, rehome.yaml:8: public."My ""Table""" -> public."Order"
-- ======================================================================

-- source: counts the driving rows
SELECT count(*) FROM public."My ""Table""";

-- source: cuts the keys into ranges
SELECT ending.k1::text
FROM (SELECT ("select"."the key")::int4 AS k1
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE true AND NOT (("select"."it's \ gone") IS TRUE)
ORDER BY ("select"."the key")::int4 OFFSET 19999 LIMIT 1) AS ending;

-- source: finds rows that lose a value of Order_select_key
--   select, rehome.yaml:16
WITH candidate AS (SELECT ("select"."the key")::int4 AS k1, (("order".aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb))::text AS v1, CASE
    WHEN "order"."User" IS NULL THEN -1
    WHEN NOT coalesce(("select"."from")::text IN ('1', '2'), false) THEN -2
    ELSE 0 END::int4 AS decision
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE true AND NOT (("select"."it's \ gone") IS TRUE)),
taken AS (SELECT * FROM candidate WHERE decision = 0 AND v1 IS NOT NULL),
shared AS (SELECT taken.v1 FROM taken GROUP BY taken.v1 HAVING count(*) > 1)
SELECT taken.k1
FROM (SELECT taken.k1, row_number() OVER (PARTITION BY taken.v1 ORDER BY taken.k1) AS n
  FROM taken JOIN shared ON taken.v1 = shared.v1) AS taken
WHERE n > 1;

-- source: counts what is taken of a batch, and what is excluded
--   1: gone, rehome.yaml:14
SELECT CASE WHEN ("select"."it's \ gone") IS TRUE THEN 1 ELSE 0 END, count(*)
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE ("select"."the key")::int4 > '0'::int4 AND ("select"."the key")::int4 <= '1000'::int4
GROUP BY 1 ORDER BY 1;

-- source: sums up a batch
SELECT count(*), coalesce(sum(hash_record_extended(ROW(record_send(ROW(("select"."the key")::int4, "order"."User", "order"."aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb", "select"."$1", "select"."from"))), '3756972146558148593'::bigint)), 0)::text
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE ("select"."the key")::int4 > '0'::int4 AND ("select"."the key")::int4 <= '1000'::int4 AND NOT (("select"."it's \ gone") IS TRUE);

-- source: lists keys and hashes of a batch
COPY (SELECT ("select"."the key")::int4, hash_record_extended(ROW(record_send(ROW(("select"."the key")::int4, "order"."User", "order"."aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb", "select"."$1", "select"."from"))), '3756972146558148593'::bigint)
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE ("select"."the key")::int4 > '0'::int4 AND ("select"."the key")::int4 <= '1000'::int4 AND NOT (("select"."it's \ gone") IS TRUE)) TO STDOUT (FORMAT binary);

-- source: derives a batch
--   field 4: Legacy Id, rehome.yaml:13
--   field 5: select, rehome.yaml:16
--   field 6: Quote"d, rehome.yaml:17
--   field 7: per%cent {0}, rehome.yaml:18
--   field 8: ordinal, rehome.yaml:19
--   decision -1: join order finds no row of Group, rehome.yaml:11
--   decision -2: ordinal has no value for this one of the source, rehome.yaml:19
COPY (SELECT ("select"."the key")::int4,
  hash_record_extended(ROW(record_send(ROW(("select"."the key")::int4, "order"."User", "order"."aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb", "select"."$1", "select"."from"))), '3756972146558148593'::bigint),
  CASE
    WHEN "order"."User" IS NULL THEN -1
    WHEN NOT coalesce(("select"."from")::text IN ('1', '2'), false) THEN -2
    ELSE 0 END::int4,
  (("select"."the key"))::int4,
  (("order".aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb))::text,
  (("select"."from"))::int4,
  (("select"."$1"))::text,
  (CASE ("select"."from")::text WHEN '1' THEN '''; drop table x; --'::text WHEN '2' THEN E'\\'::text ELSE NULL::text END)::text
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE ("select"."the key")::int4 > '0'::int4 AND ("select"."the key")::int4 <= '1000'::int4 AND NOT (("select"."it's \ gone") IS TRUE) ORDER BY ("select"."the key")::int4) TO STDOUT (FORMAT binary);

-- source: lists the keys of a batch
SELECT ("select"."the key")::int4::text
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE ("select"."the key")::int4 > '0'::int4 AND ("select"."the key")::int4 <= '1000'::int4 AND NOT (("select"."it's \ gone") IS TRUE) ORDER BY ("select"."the key")::int4;

-- source: derives some rows, without one that failed
COPY (SELECT ("select"."the key")::int4,
  hash_record_extended(ROW(record_send(ROW(("select"."the key")::int4, "order"."User", "order"."aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb", "select"."$1", "select"."from"))), '3756972146558148593'::bigint),
  CASE
    WHEN "order"."User" IS NULL THEN -1
    WHEN NOT coalesce(("select"."from")::text IN ('1', '2'), false) THEN -2
    ELSE 0 END::int4,
  (("select"."the key"))::int4,
  (("order".aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb))::text,
  (("select"."from"))::int4,
  (("select"."$1"))::text,
  (CASE ("select"."from")::text WHEN '1' THEN '''; drop table x; --'::text WHEN '2' THEN E'\\'::text ELSE NULL::text END)::text
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE ("select"."the key")::int4 = ANY ('{"1","2"}'::int4[]) AND NOT (("select"."it's \ gone") IS TRUE) AND NOT (("select"."the key")::int4 = ANY ('{"1"}'::int4[])) ORDER BY ("select"."the key")::int4) TO STDOUT (FORMAT binary);

-- source: tries whether some rows can be derived
SELECT count(d) FROM (SELECT ROW(("select"."the key")::int4, hash_record_extended(ROW(record_send(ROW(("select"."the key")::int4, "order"."User", "order"."aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb", "select"."$1", "select"."from"))), '3756972146558148593'::bigint), CASE
    WHEN "order"."User" IS NULL THEN -1
    WHEN NOT coalesce(("select"."from")::text IN ('1', '2'), false) THEN -2
    ELSE 0 END::int4, (("select"."the key"))::int4, (("order".aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb))::text, (("select"."from"))::int4, (("select"."$1"))::text, (CASE ("select"."from")::text WHEN '1' THEN '''; drop table x; --'::text WHEN '2' THEN E'\\'::text ELSE NULL::text END)::text) AS d
FROM public."My ""Table""" AS "select"
LEFT JOIN public."Group" AS "order" ON ("order"."User" = "select"."from")
WHERE ("select"."the key")::int4 = ANY ('{"1","2"}'::int4[]) AND NOT (("select"."it's \ gone") IS TRUE) OFFSET 0) AS derived;

-- source: looks which keys are there, excluded ones too
SELECT ("select"."the key")::int4::text FROM public."My ""Table""" AS "select" WHERE ("select"."the key")::int4 = ANY ('{"1","2"}'::int4[]);

-- source: reads the images of held rows
SELECT ("select"."the key")::int4::text, json_object(ARRAY['the key', 'from', E'it''s \\ gone', '$1']::text[], ARRAY["select"."the key"::text, "select"."from"::text, "select"."it's \ gone"::text, "select"."$1"::text]::text[])::text
FROM public."My ""Table""" AS "select"
WHERE ("select"."the key")::int4 = ANY ('{"1","2"}'::int4[]);

-- target: takes rows
COPY public."Order" ("Id", "Legacy Id", "select", "Quote""d", "per%cent {0}", ordinal) FROM STDIN (FORMAT binary);

-- target: reads back the hashes of rows
SELECT t."Id", hash_record_extended(ROW(record_send(ROW(t."Legacy Id", t."select", t."Quote""d", t."per%cent {0}", t.ordinal))), '0'::bigint)
FROM public."Order" AS t JOIN unnest($1::uuid[]) AS k(k1) ON t."Id" = k.k1;

-- target: makes a table for rows that may be refused
CREATE TEMPORARY TABLE staged (
  ordinal integer PRIMARY KEY,
  refusal integer,
  "Id" uuid,
  "Legacy Id" int4,
  "select" text,
  "Quote""d" int4,
  "per%cent {0}" text,
  ordinal_ text
) ON COMMIT DROP;

-- target: takes such rows
COPY pg_temp.staged (ordinal, "Id", "Legacy Id", "select", "Quote""d", "per%cent {0}", ordinal_) FROM STDIN (FORMAT binary);

-- target: finds rows that not 'too' big refuses
--   rehome.yaml:17
UPDATE pg_temp.staged AS s SET refusal = 0 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND (SELECT NOT (("Quote""d" < 1000)) FROM (SELECT s."Quote""d" AS "Quote""d") AS c);

-- target: finds rows that Order_Legacy Id_key refuses
--   rehome.yaml:13
UPDATE pg_temp.staged AS s SET refusal = 1 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s."Legacy Id" IS NULL) AND EXISTS (SELECT 1 FROM public."Order" AS r WHERE r."Legacy Id" = s."Legacy Id");

-- target: finds rows that Order_pkey refuses
--   rehome.yaml:12
UPDATE pg_temp.staged AS s SET refusal = 2 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s."Id" IS NULL) AND EXISTS (SELECT 1 FROM public."Order" AS r WHERE r."Id" = s."Id");

-- target: finds rows that Order_select_key refuses
--   rehome.yaml:16
UPDATE pg_temp.staged AS s SET refusal = 3 FROM unnest($1::integer[]) AS w(ordinal)
WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND NOT (s."select" IS NULL) AND EXISTS (SELECT 1 FROM public."Order" AS r WHERE r."select" = s."select");

-- target: inserts what no constraint refuses
INSERT INTO public."Order" ("Id", "Legacy Id", "select", "Quote""d", "per%cent {0}", ordinal)
OVERRIDING SYSTEM VALUE
SELECT s."Id", s."Legacy Id", s."select", s."Quote""d", s."per%cent {0}", s.ordinal_
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
ORDER BY s.ordinal;

-- target: locks rows that changed at the source
SELECT 1 FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public."Order" AS t ON t."Id" = s."Id"
ORDER BY t."Id"
FOR NO KEY UPDATE OF t;

-- target: finds out which of their columns differ
SELECT s.ordinal, hash_record_extended(ROW(record_send(ROW(t."Legacy Id", t."select", t."Quote""d", t."per%cent {0}", t.ordinal))), '0'::bigint), array_to_string(ARRAY[
  CASE WHEN record_send(ROW(t."Legacy Id")) IS DISTINCT FROM record_send(ROW(s."Legacy Id")) THEN 1 END,
  CASE WHEN record_send(ROW(t."select")) IS DISTINCT FROM record_send(ROW(s."select")) THEN 2 END,
  CASE WHEN record_send(ROW(t."Quote""d")) IS DISTINCT FROM record_send(ROW(s."Quote""d")) THEN 3 END,
  CASE WHEN record_send(ROW(t."per%cent {0}")) IS DISTINCT FROM record_send(ROW(s."per%cent {0}")) THEN 4 END,
  CASE WHEN record_send(ROW(t.ordinal)) IS DISTINCT FROM record_send(ROW(s.ordinal_)) THEN 5 END]::integer[], ',')
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal JOIN public."Order" AS t ON t."Id" = s."Id";

-- target: updates rows in which all columns differ
UPDATE public."Order" AS t
SET "Legacy Id" = s."Legacy Id",
  "select" = s."select",
  "Quote""d" = s."Quote""d",
  "per%cent {0}" = s."per%cent {0}",
  ordinal = s.ordinal_
FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal
WHERE t."Id" = s."Id";
