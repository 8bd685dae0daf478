-- Names and values that break whatever pastes text together.
CREATE TABLE "Order ""Table""; DROP" (
  "Id" integer PRIMARY KEY,
  "select" text,
  "a ""quoted"" 'column'" text,
  "back\slash" text,
  "ünï 💥" text,
  "a_name_of_63_bytes_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" text,
  "no$dollar" bytea,
  "{brace}" text[]
);
INSERT INTO "Order ""Table""; DROP" VALUES
  (1, '''', '"', '\', E'\n', '\N', '\x', '{}'),
  (2, E'two\nlines\r\n', E'\ttab', '\\.', '💥 🇩🇪 é é', '', '\x00ff5c0a', ARRAY['\N', NULL, 'NULL', '', '"', '{}', E'\n']),
  (3, E'\u0001\u001f\u007f', '$1 %s %% ${HOME}', E'\\.\n', '‮rtl', 'NULL', '', NULL),
  (4, NULL, '''; DROP TABLE people; --', '/* open', E'\uFEFFbom', repeat('x', 100000), decode(repeat('00', 3000), 'hex'), ARRAY[repeat('"\', 500)]),
  (5, ' leading and trailing ', '$$', E'\\\\n', E'nul is impossible, U+FFFD is not: \uFFFD', '\N', NULL, ARRAY[ARRAY['a', 'b'], ARRAY['c', NULL]]);
