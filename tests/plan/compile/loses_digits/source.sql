CREATE TABLE thing (
  id int PRIMARY KEY, ratio numeric, price numeric(8,2), factor float8, big bigint, small smallint, words text, flag bool);
