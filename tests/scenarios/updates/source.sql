CREATE TABLE clinic (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE patient (
  id integer PRIMARY KEY, clinic_id integer, name text, short text, born date, seen timestamptz, weight numeric, price numeric,
  count integer, big bigint, ratio double precision, flag boolean, tags text[], raw bytea, notes json, facts jsonb, stage integer,
  phone text, boss_id integer, noise text
);
INSERT INTO clinic SELECT n, 'Clinic ' || n FROM generate_series(1, 3) AS n;
INSERT INTO patient
SELECT n, 1 + n % 3, 'Patient ' || n, 's' || n, '2000-01-01', '2020-01-01 12:00+00', 1.0, 1.5, n, n, n, true, ARRAY['a'], '\x01',
  '{"a": 1, "b": 2}', '{"a": 1, "b": 2}', 1, '555-' || n, NULL, 'noise'
FROM generate_series(1, 40) AS n;
UPDATE patient SET weight = NULL, born = NULL, tags = NULL WHERE id = 30;
