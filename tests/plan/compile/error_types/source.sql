CREATE TABLE thing (
  id int PRIMARY KEY, name text, seconds bigint, moment timestamptz, naive timestamp, flag bool, old json, ids int[],
  ratio numeric);
