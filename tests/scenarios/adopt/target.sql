CREATE TABLE people (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer, name text, city text, phone text, metadata jsonb NOT NULL DEFAULT '{}');
-- 1 to 8 were there before, 7 and 8 in another form, 9 twice; 90 is in no source; two are the application's own.
INSERT INTO people (id, legacy_id, name, city, phone) SELECT md5(n::text)::uuid, n, 'Person ' || n, CASE WHEN n < 7 THEN 'City ' || n ELSE 'Elsewhere' END, 'mine' FROM generate_series(1, 8) AS n;
INSERT INTO people (id, legacy_id, name, city) SELECT md5('9' || n)::uuid, 9, 'Person 9', 'City 9' FROM generate_series(1, 2) AS n;
INSERT INTO people (id, legacy_id, name) VALUES (md5('90')::uuid, 90, 'Nobody'), (md5('own 1')::uuid, NULL, 'Person 1'), (md5('own 2')::uuid, NULL, 'Person 11');
CREATE TABLE letters (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer UNIQUE, person_id uuid REFERENCES people, text text);
INSERT INTO letters (id, legacy_id, person_id, text) SELECT md5('letter ' || legacy_id)::uuid, legacy_id, id, 'Letter ' || legacy_id FROM people WHERE legacy_id <= 8;
