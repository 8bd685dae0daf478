CREATE TABLE auth_user (id integer PRIMARY KEY, email text);
CREATE TABLE item (
  id integer PRIMARY KEY, user_id integer, price numeric, pieces integer, kind integer, settings text, name text, ignored boolean
);
INSERT INTO auth_user VALUES (1, 'one@example.org');
INSERT INTO item SELECT n, 1, 10, 4, 1, '{"a": 1}', 'Item ' || n, false FROM generate_series(1, 500) AS n;
-- One row for each way not to arrive, and what must never go together with it.
UPDATE item SET pieces = 0 WHERE id IN (77, 78, 402);
UPDATE item SET user_id = 3 WHERE id = 101;
UPDATE item SET user_id = NULL WHERE id = 102;
UPDATE item SET kind = 9 WHERE id = 110;
UPDATE item SET kind = NULL WHERE id = 111;
UPDATE item SET settings = '{broken' WHERE id = 120;
UPDATE item SET price = -1 WHERE id = 130;
UPDATE item SET name = NULL WHERE id = 140;
UPDATE item SET name = 'longer than twenty characters' WHERE id = 150;
UPDATE item SET price = 10.005, pieces = 1 WHERE id = 160;
UPDATE item SET ignored = true WHERE id IN (170, 171);
UPDATE item SET ignored = NULL WHERE id = 172;
