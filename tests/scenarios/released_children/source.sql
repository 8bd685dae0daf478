CREATE TABLE office (id integer PRIMARY KEY, name text);
CREATE TABLE patient (id integer PRIMARY KEY, office_id integer, email text, archived boolean NOT NULL DEFAULT false);
CREATE TABLE instruction (id integer PRIMARY KEY, patient_id integer, reviewer_id integer, note text);
CREATE TABLE remark (id integer PRIMARY KEY, instruction_id integer, text text);
INSERT INTO office VALUES (1, 'North');
-- 1 is well; 2 has an address that the target refuses; 3 is excluded; 4 does not exist.
INSERT INTO patient VALUES (1, 1, 'one@example.org', false), (2, 1, 'two at example', false), (3, 1, 'three@example.org', true);
INSERT INTO instruction VALUES
  (10, 1, 1, 'well'),
  (20, 2, 1, 'its patient is held'),
  (30, 3, 1, 'its patient is excluded'),
  (40, 4, 1, 'its patient is absent'),
  (50, 1, 2, 'its reviewer is held, and may be empty'),
  (60, 1, 4, 'its reviewer is absent, and may be empty');
INSERT INTO remark VALUES (100, 10, 'well'), (200, 20, 'a grandchild of what is held'), (300, 30, 'and of what is excluded');
