CREATE TABLE people (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer UNIQUE, name text, city text, updated_at timestamptz DEFAULT '2024-01-01 00:00Z');
-- Some were there before: 1 as the source has it, 2 newer, 3 older, 4 of the same revision, 5 of none.
CREATE TABLE clubs (id uuid PRIMARY KEY, legacy_id integer UNIQUE, name text, revision bigint, changed timestamptz);
INSERT INTO clubs VALUES (md5('1')::uuid, 1, 'Club 1', 1), (md5('2')::uuid, 2, 'Renamed 2', 2), (md5('3')::uuid, 3, 'Renamed 3', 0), (md5('4')::uuid, 4, 'Renamed 4', 1), (md5('5')::uuid, 5, 'Renamed 5', NULL);
