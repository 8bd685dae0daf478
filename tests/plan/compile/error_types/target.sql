CREATE TYPE state AS ENUM ('new', 'old');
CREATE TYPE place AS (x int, y int);
CREATE TABLE parents (id uuid PRIMARY KEY, name text);
CREATE TABLE things (
  id uuid PRIMARY KEY, made timestamptz, day date, moment timestamptz, local timestamp, flag bool, state state, data jsonb,
  sorted jsonb, size int, ids bigint[], place place, kept bytea, parent_id uuid);
