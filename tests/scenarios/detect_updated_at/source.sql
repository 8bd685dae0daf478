CREATE TABLE ward (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE visit (id integer PRIMARY KEY, ward_id integer, words text, hidden boolean NOT NULL DEFAULT false, updated_at timestamptz);
CREATE TABLE note (id integer PRIMARY KEY, words text, version bigint NOT NULL);
INSERT INTO ward VALUES (1, 'North'), (2, 'South');
INSERT INTO visit SELECT n, 1 + n % 2, 'Visit ' || n, n % 10 = 0, timestamptz '2021-01-01 08:00+00' + n * interval '1 hour' FROM generate_series(1, 60) AS n WHERE n <> 45;
INSERT INTO note SELECT n, 'Note ' || n, n FROM generate_series(1, 40) AS n;
