-- Countries that the new schema refers to by code, lines with a key of two parts, and a tree of regions by code.
CREATE TABLE country (id integer PRIMARY KEY, code text);
CREATE TABLE line (order_id integer, number integer, country_id integer, PRIMARY KEY (order_id, number));
CREATE TABLE discount (id integer PRIMARY KEY, order_id integer, line integer, percent integer);
CREATE TABLE region (id integer PRIMARY KEY, parent_id integer, code text);
INSERT INTO country SELECT n, chr(64 + n) || chr(90 - n) FROM generate_series(1, 20) AS n;
INSERT INTO country VALUES (21, NULL);
INSERT INTO line SELECT o, n, 1 + (o * n) % 20 FROM generate_series(1, 30) AS o, generate_series(1, 3) AS n;
-- A country without a code, and one that does not exist.
INSERT INTO line VALUES (31, 1, 21), (31, 2, 99), (31, 3, NULL);
INSERT INTO discount SELECT n, 1 + n % 30, 1 + n % 3, n FROM generate_series(1, 60) AS n;
INSERT INTO discount VALUES (61, 31, 1, 5), (62, 40, 1, 5), (63, NULL, 1, 5);
INSERT INTO region SELECT n, nullif(n * 2 % 41, 0), 'r' || n FROM generate_series(1, 40) AS n;
INSERT INTO region VALUES (50, 51, 'below one without a code'), (51, NULL, NULL);
