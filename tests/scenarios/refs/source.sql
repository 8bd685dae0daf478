-- A tree, two tables that point at each other, and one column that points at several tables.
CREATE TABLE category (id integer PRIMARY KEY, parent_id integer, name text);
CREATE TABLE team (id integer PRIMARY KEY, leader_id integer, name text);
CREATE TABLE member (id integer PRIMARY KEY, team_id integer, name text);
CREATE TABLE remark (id integer PRIMARY KEY, about_type integer, about_id integer, text text);
-- Children before their parents, a row that is its own parent, and one whose parent does not exist.
INSERT INTO category SELECT n, nullif(n * 2 % 101, 0), 'Category ' || n FROM generate_series(1, 100) AS n;
INSERT INTO category VALUES (200, 200, 'its own parent'), (201, 999, 'an orphan'), (202, NULL, 'a root');
INSERT INTO team SELECT n, n * 10, 'Team ' || n FROM generate_series(1, 10) AS n;
INSERT INTO member SELECT n, 1 + n % 10, 'Member ' || n FROM generate_series(1, 100) AS n;
INSERT INTO remark VALUES
  (1, 7, 1, 'about a team'), (2, 8, 1, 'about a member'), (3, 7, NULL, 'about nobody'),
  (4, 9, 1, 'about a kind that is left out'), (5, 10, 1, 'about a kind nobody decided'), (6, NULL, 1, 'without a kind'),
  (7, 8, 999, 'about a member who is absent');
