CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
CREATE VIEW expected AS
  SELECT "Id", "select" AS a, "a ""quoted"" 'column'" AS b, "back\slash" AS c, "a_name_of_63_bytes_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" AS d,
    "ünï 💥" AS e, "no$dollar" AS f, "{brace}" AS g FROM legacy."Order ""Table""; DROP" WHERE "Id" < 6;
CREATE VIEW found AS
  SELECT "Legacy Id", "from", "it's", "back\slash", "a_name_of_63_bytes_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "ünï 💥", "{brace}", "$1"
  FROM "People; -- ""x""";
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT count(*) FROM "People; -- ""x""" HAVING count(*) <> 5;
