-- One table that becomes two, a tree by text and number whose parents come after their children, and a table of nothing but refs.
CREATE TABLE person (id bigint PRIMARY KEY, name text, street text, city text, boss_id bigint);
CREATE TABLE part (kind text, number integer, parent_kind text, parent_number integer, name text, PRIMARY KEY (kind, number));
CREATE TABLE skill (code text PRIMARY KEY, name text);
CREATE TABLE person_skill (person_id bigint, skill_code text, level integer, PRIMARY KEY (person_id, skill_code));
INSERT INTO person SELECT 8000000000 + n, 'Person ' || n, 'Street ' || n, CASE WHEN n % 5 > 0 THEN 'City ' || n % 7 END, 8000000000 + nullif(101 - n, n)
FROM generate_series(1, 100) AS n;
INSERT INTO part SELECT CASE WHEN n % 2 = 0 THEN 'ä' ELSE 'z' END, n, CASE WHEN n < 60 THEN CASE WHEN (n + 1) % 2 = 0 THEN 'ä' ELSE 'z' END END,
  CASE WHEN n < 60 THEN n + 1 END, 'Part ' || n FROM generate_series(1, 60) AS n;
INSERT INTO skill SELECT 's' || n, 'Skill ' || n FROM generate_series(1, 9) AS n;
INSERT INTO person_skill SELECT p.id, s.code, 1 + p.id % 3 FROM person AS p JOIN skill AS s ON (p.id + length(s.name) + ascii(right(s.code, 1))) % 4 = 0;
