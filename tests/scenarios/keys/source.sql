-- Legacy keys of every kind: integer, bigint, text, uuid, a date and two columns.
CREATE TABLE by_bigint (id bigint PRIMARY KEY, note text);
CREATE TABLE by_text (code text PRIMARY KEY, note text);
CREATE TABLE by_uuid (id uuid PRIMARY KEY, note text, made timestamptz);
CREATE TABLE by_day (day date PRIMARY KEY, note text);
CREATE TABLE line (order_id integer, number smallint, product text REFERENCES by_text, note text, PRIMARY KEY (order_id, number));
CREATE TABLE discount (order_id integer, number smallint, name text, percent integer, PRIMARY KEY (order_id, number, name));
INSERT INTO by_bigint SELECT 9000000000000 + n * 7, 'big ' || n FROM generate_series(-20, 20) AS n;
INSERT INTO by_text SELECT CASE n % 3 WHEN 0 THEN 'Ä' WHEN 1 THEN 'a ' ELSE 'Z' END || n, 'text ' || n FROM generate_series(1, 300) AS n;
INSERT INTO by_text VALUES ('', 'the empty text'), (E'tab\tand "quote", {brace} \\', 'hostile');
INSERT INTO by_uuid SELECT md5(n::text)::uuid, 'uuid ' || n, timestamptz '2020-01-01 00:00:00Z' + n * interval '1 day' FROM generate_series(1, 60) AS n;
INSERT INTO by_day SELECT date '2020-02-25' + n, 'day ' || n FROM generate_series(1, 40) AS n;
INSERT INTO line SELECT o, n, (SELECT code FROM by_text ORDER BY md5(code || o || n) LIMIT 1), 'line ' || o || '/' || n
FROM generate_series(1, 12) AS o, generate_series(1, 5) AS n;
INSERT INTO discount SELECT order_id, number, name, 5 FROM line, (VALUES ('loyal'), ('new')) AS names (name) WHERE number < 3;
