-- A thread begins with a comment or a note, each counted from 1, and they stand in it; a poll has a favourite among its options; nodes of a document have a parent there. None of them may be empty.
CREATE TABLE thread (id integer PRIMARY KEY, kind integer NOT NULL, first_id integer NOT NULL, title text);
CREATE TABLE comment (id integer PRIMARY KEY, thread_id integer NOT NULL, text text);
CREATE TABLE note (id integer PRIMARY KEY, thread_id integer NOT NULL, text text);
CREATE TABLE poll (id integer PRIMARY KEY, options text[], favourite integer NOT NULL, title text);
CREATE TABLE document (id integer PRIMARY KEY, nodes jsonb);
-- Odd threads begin with a note, even ones with a comment.
INSERT INTO thread SELECT n, 1 + n % 2, n * 10, 'Thread ' || n FROM generate_series(1, 10) AS n;
INSERT INTO comment SELECT n, (n + 9) / 10, 'Comment ' || n FROM generate_series(1, 100) AS n;
INSERT INTO note SELECT n, (n + 9) / 10, 'Note ' || n FROM generate_series(1, 100) AS n;
INSERT INTO poll SELECT n, ARRAY(SELECT 'Option ' || o FROM generate_series(1, 1 + n % 4) AS o), 1 + n % 2, 'Poll ' || n FROM generate_series(1, 10) AS n;
INSERT INTO document VALUES
  (1, '[{"name": "root", "parent": 1}, {"name": "leaf", "parent": 3}, {"name": "branch", "parent": 1}]'),
  (2, '[{"name": "hen", "parent": 2}, {"name": "egg", "parent": 1}]');
-- The target refuses an empty text: of note 65, which nobody needs, and of comment 80, which thread 8 begins with.
UPDATE note SET text = '' WHERE id = 65;
UPDATE comment SET text = '' WHERE id = 80;
-- Poll 11 has no options, and poll 12 none of that number; so has document 3.
INSERT INTO poll VALUES (11, '{}', 1, 'Poll 11'), (12, '{Yes,No}', 3, 'Poll 12');
INSERT INTO document VALUES (3, '[{"name": "first", "parent": 3}, {"name": "second", "parent": 1}]');
