#include <doctest/doctest.h>

#include "pg/session.h"
#include "support/cluster.h"

namespace rehome::pg {
namespace {

using tests::Database;

std::string show(Connection& connection, const std::string& setting) {
  return std::string(connection.execute({"show", "SHOW " + setting}).text(0, 0));
}

bool is_refused(Connection& connection, const std::string& statement, const std::string& code) {
  try {
    connection.execute({"try", statement});
    return false;
  } catch (const Error& error) {
    return error.sqlstate() == code;
  }
}

// A database whose owner chose every setting that changes how values look.
void make_strange(Database& database) {
  for (const char* setting :
       {"DateStyle = 'SQL, DMY'", "IntervalStyle = 'sql_standard'", "TimeZone = 'Asia/Kathmandu'",
        "extra_float_digits = -5", "bytea_output = 'escape'", "statement_timeout = '1h'",
        "standard_conforming_strings = off", "search_path = 'app'",
        "default_transaction_isolation = 'serializable'"}) {
    database.run("ALTER DATABASE \"" + database.name() + "\" SET " + setting);
  }
}

constexpr const char* k_values =
    "SELECT '2024-04-03'::date, '-1 day 2 hours'::interval, '2024-04-03 12:00+00'::timestamptz, "
    "(0.1::float8 + 0.2), '\\x00ff'::bytea";

void check_values(Connection& connection) {
  const Rows rows = connection.execute({"values", k_values});
  CHECK(rows.text(0, 0) == "2024-04-03");
  CHECK(rows.text(0, 1) == "-1 days +02:00:00");
  CHECK(rows.text(0, 2) == "2024-04-03 12:00:00+00");
  CHECK(rows.text(0, 3) == "0.30000000000000004");
  CHECK(rows.text(0, 4) == "\\x00ff");
  CHECK(show(connection, "statement_timeout") == "0");
  CHECK(show(connection, "standard_conforming_strings") == "on");
}

TEST_CASE("a source speaks of values as every other server does, whatever its owner chose") {
  Database database;
  make_strange(database);
  Connection connection(Side::source, database.url(), "t");
  prepare_source_session(connection, "Odd, schema");
  check_values(connection);
  CHECK(show(connection, "search_path") == "pg_catalog, \"Odd, schema\", pg_temp");
  CHECK(show(connection, "synchronize_seqscans") == "off");
}

TEST_CASE("a source cannot be written to") {
  Database database;
  database.run("CREATE TABLE t (a int)");
  Connection connection(Side::source, database.url(), "t");
  prepare_source_session(connection, "public");
  CHECK(is_refused(connection, "INSERT INTO t VALUES (1)", "25006"));
  begin_source(connection, "");
  CHECK(is_refused(connection, "INSERT INTO t VALUES (1)", "25006"));
}

TEST_CASE("a source begins in the snapshot it is given") {
  Database database;
  database.run("CREATE TABLE t (a int)");
  Connection keeper(Side::source, database.url(), "t");
  Connection reader(Side::source, database.url(), "t");
  prepare_source_session(keeper, "public");
  prepare_source_session(reader, "public");
  begin_source(keeper, "");
  const Rows exported = keeper.execute({"export", "SELECT pg_export_snapshot()"});
  database.run("INSERT INTO t VALUES (1)");
  begin_source(reader, std::string(exported.text(0, 0)));
  CHECK(reader.execute({"count", "SELECT count(*) FROM t"}).integer(0, 0) == 0);
  reader.rollback();
  begin_source(reader, "");
  CHECK(reader.execute({"count", "SELECT count(*) FROM t"}).integer(0, 0) == 1);
}

TEST_CASE("rows that row security would hide are an error, not an empty table") {
  Database database;
  const std::string role = "reader_" + database.name();
  database.run("CREATE ROLE \"" + role +
               "\" LOGIN; CREATE TABLE t AS SELECT 1 AS a;"
               "ALTER TABLE t ENABLE ROW LEVEL SECURITY; GRANT SELECT ON t TO \"" +
               role + "\"");
  {
    Connection connection(Side::source, database.url(role), "t");
    prepare_source_session(connection, "public");
    CHECK(is_refused(connection, "SELECT * FROM t", "42501"));
    begin_target(connection, "");
    CHECK(is_refused(connection, "SELECT * FROM t", "42501"));
  }
  database.run("DROP OWNED BY \"" + role + "\"; DROP ROLE \"" + role + "\"");
}

TEST_CASE("a target has its settings in the transaction only, and the application's search_path") {
  Database database;
  make_strange(database);
  Connection connection(Side::target, database.url(), "t");
  begin_target(connection, "");
  check_values(connection);
  CHECK(show(connection, "search_path") == "app");
  CHECK(show(connection, "transaction_isolation") == "read committed");
  CHECK(show(connection, "transaction_read_only") == "off");
  CHECK(show(connection, "lock_timeout") == "800ms");
  CHECK(show(connection, "idle_in_transaction_session_timeout") == "5min");
  connection.rollback();
  CHECK(show(connection, "DateStyle") == "SQL, DMY");
  CHECK(show(connection, "lock_timeout") == "0");
}

TEST_CASE("what nobody begins by name is read committed, whatever the owner chose") {
  Database database;
  make_strange(database);
  Connection target(Side::target, database.url(), "t");
  prepare_target_session(target);
  CHECK(show(target, "transaction_isolation") == "read committed");
  Connection source(Side::source, database.url(), "t");
  prepare_source_session(source, "public");
  CHECK(show(source, "transaction_isolation") == "read committed");
}

TEST_CASE("a target takes another search_path as a list, and nothing but a list") {
  Database database;
  Connection connection(Side::target, database.url(), "t");
  begin_target(connection, "public, \"Odd, one\"");
  CHECK(show(connection, "search_path") == "public, \"Odd, one\"");
  connection.rollback();
  CHECK_THROWS_AS(begin_target(connection, "public; DROP DATABASE x"), Error);
  connection.rollback();
  CHECK(connection.is_alive());
}

}  // namespace
}  // namespace rehome::pg
