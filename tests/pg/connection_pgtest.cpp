#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <thread>

#include "pg/connection.h"
#include "support/cluster.h"

namespace rehome::pg {
namespace {

using tests::Database;

// The Error that `statement` ends in.
Error refusal(Connection& connection, const std::string& statement) {
  try {
    connection.execute({"try", statement});
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error");
  throw std::logic_error("unreachable");
}

Error connect_failure(const std::string& url) {
  try {
    const Connection connection(Side::source, url, "rehome test");
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error");
  throw std::logic_error("unreachable");
}

bool holds(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

TEST_CASE("a connection knows its server and introduces itself") {
  Database database;
  Connection connection(Side::target, database.url(), "rehome test");
  CHECK(connection.side() == Side::target);
  CHECK(connection.server_version() >= 130000);
  CHECK(connection.is_alive());
  const Rows rows =
      connection.query({"who",
                        "SELECT application_name, pid, current_setting('client_encoding') FROM "
                        "pg_stat_activity WHERE pid = pg_backend_pid()"},
                       {});
  CHECK(rows.text(0, 0) == "rehome test");
  CHECK(rows.integer(0, 1) == connection.backend_pid());
  CHECK(rows.text(0, 2) == "UTF8");
}

TEST_CASE("results keep NULL, text and numbers apart") {
  Database database;
  Connection connection(Side::source, database.url(), "t");
  const Rows rows = connection.query({"values", "SELECT $1::text, NULL, $2::int8, true, ''"},
                                     {"a'b\\c", "-9223372036854775808"});
  CHECK(rows.count() == 1);
  CHECK(rows.columns() == 5);
  CHECK(rows.text(0, 0) == "a'b\\c");
  CHECK(rows.is_null(0, 1));
  CHECK(rows.optional_text(0, 1) == std::nullopt);
  CHECK(rows.integer(0, 2) == INT64_MIN);
  CHECK(rows.boolean(0, 3));
  CHECK(rows.optional_text(0, 4) == "");
}

TEST_CASE("parameters may be NULL or empty, or refused for a NUL in text; results may be binary") {
  Database database;
  Connection connection(Side::source, database.url(), "t");
  const std::string bytes("a\0b", 3);
  const Parameter parameters[] = {std::nullopt, "", "\\x610062"};
  const Statement statement = {"bytes", "SELECT $1::text IS NULL, $2::text = '', $3::bytea"};
  const Rows rows = connection.query(statement, parameters);
  CHECK(rows.boolean(0, 0));
  CHECK(rows.boolean(0, 1));
  CHECK(rows.text(0, 2) == "\\x610062");
  CHECK_THROWS_AS(connection.query({"nul", "SELECT $1::text"}, {bytes}), Error);
  CHECK(connection.query(statement, parameters, true).text(0, 2) == bytes);
}

TEST_CASE("several statements return the last result and are counted each") {
  Database database;
  Connection connection(Side::source, database.url(), "t");
  const std::int64_t before = connection.statements();
  const Rows rows = connection.execute(
      {"three", "CREATE TABLE t (n int); INSERT INTO t VALUES (1), (2); SELECT count(*) FROM t"});
  CHECK(rows.integer(0, 0) == 2);
  CHECK(connection.statements() - before == 3);
  CHECK(connection.execute({"update", "UPDATE t SET n = n"}).affected() == 2);
}

TEST_CASE("the columns of a statement are known without running it") {
  Database database;
  Connection connection(Side::source, database.url(), "t");
  const auto types = connection.describe({"shape", "SELECT 1::int8 AS a, 'x'::varchar(7) AS b"});
  REQUIRE(types.size() == 2);
  CHECK(types[0].name == "a");
  CHECK(types[0].oid == 20);
  CHECK(types[0].modifier == -1);
  CHECK(types[1].oid == 1043);
  CHECK(types[1].modifier == 11);
  CHECK_THROWS_AS(connection.describe({"shape", "SELECT nothing"}), Error);
}

TEST_CASE("an error carries every field, and hides row values from what()") {
  Database database;
  database.run(
      "CREATE SCHEMA s; CREATE TABLE s.t (id int PRIMARY KEY, mail text CONSTRAINT mail_ok CHECK "
      "(mail LIKE '%@%')); INSERT INTO s.t VALUES (1, 'secret@x')");
  Connection connection(Side::target, database.url(), "t");

  SUBCASE("unique violation") {
    const Error error = refusal(connection, "INSERT INTO s.t VALUES (1, 'x@secret')");
    CHECK(error.sqlstate() == "23505");
    CHECK(error.side() == Side::target);
    CHECK(error.statement() == "try");
    CHECK(error.fields().schema == "s");
    CHECK(error.fields().table == "t");
    CHECK(error.fields().constraint == "t_pkey");
    CHECK(error.fields().detail == "Key (id)=(1) already exists.");
    CHECK(std::string(error.what()) == "target try: 23505 unique_violation");
  }
  SUBCASE("a failing check") {
    const Error error = refusal(connection, "INSERT INTO s.t VALUES (2, 'secret')");
    CHECK(error.sqlstate() == "23514");
    CHECK(error.fields().constraint == "mail_ok");
    CHECK(holds(error.fields().detail, "secret"));
    CHECK_FALSE(holds(error.what(), "secret"));
  }
  SUBCASE("a value that is no integer") {
    const Error error = refusal(connection, "SELECT 'secret'::text::int");
    CHECK(std::string(error.what()) == "target try: 22P02 invalid_text_representation");
    CHECK(error.fields().message == "invalid input syntax for type integer: \"secret\"");
  }
  SUBCASE("a trigger's own words and code") {
    const Error plain = refusal(connection, "DO $$ BEGIN RAISE 'secret'; END $$");
    CHECK(std::string(plain.what()) == "target try: P0001 raise_exception");
    const Error odd =
        refusal(connection, "DO $$ BEGIN RAISE 'secret' USING ERRCODE = 'ZZ123'; END $$");
    CHECK(std::string(odd.what()) == "target try: ZZ123 raised by user code");
  }
  SUBCASE("a mistake in the statement has its position") {
    const Error error = refusal(connection, "SELECT secret");
    CHECK(error.sqlstate() == "42703");
    CHECK(error.fields().position == 8);
    CHECK(std::string(error.what()) == "target try: 42703 column \"secret\" does not exist");
  }
  CHECK(connection.is_alive());
  CHECK(connection.query({"after", "SELECT 1"}, {}).integer(0, 0) == 1);
}

TEST_CASE("a failed connection has the server's code and no password") {
  Database database;
  CHECK(connect_failure(tests::make_url("no_such_database")).sqlstate() == "3D000");
  CHECK(connect_failure(database.url("nobody_of_that_name")).sqlstate() == "28000");

  const Error unreachable = connect_failure("postgresql://127.0.0.1:1/x");
  CHECK(unreachable.sqlstate().empty());
  CHECK(classify(unreachable).action == Action::retry);
  const Error misspelt = connect_failure("postgresql://127.0.0.1:1/x?sslmoode=require");
  CHECK(misspelt.sqlstate() == "F0000");
  CHECK(classify(misspelt).action == Action::stop);
  CHECK(holds(misspelt.what(), "invalid URI query parameter: \"sslmoode\""));
  CHECK(holds(connect_failure("postgresql://u:canary@nowhere.invalid/x").what(),
              "\"nowhere.invalid\""));

  const std::string broken[] = {
      "postgresql://u:can/ary@localhost/x",     "postgresql://u:can@ary@localhost/x",
      "postgresql://u:ca/n?ary&x=1@host/x",     "postgresql://u:can%ary@localhost/x",
      "postgresql://u:can ary@localhost/x",     "postgresql://u:canary@127.0.0.1:1/x",
      "host=127.0.0.1 port=1 password=can ary", "host=127.0.0.1 port=canary",
  };
  for (const std::string& url : broken) {
    CAPTURE(url);
    const Error error = connect_failure(url);
    CAPTURE(std::string(error.what()));
    CHECK((error.sqlstate().empty() || error.sqlstate() == "F0000"));
    CHECK_FALSE(holds(error.what(), "ary"));
    CHECK_FALSE(holds(error.what(), "\"can"));
    CHECK_FALSE(holds(error.fields().message, "ary"));
  }
}

TEST_CASE("commit makes durable, rollback forgets, a destroyed connection abandons") {
  Database database;
  database.run("CREATE TABLE t (n int)");
  {
    Connection connection(Side::target, database.url(), "t");
    connection.execute({"insert", "BEGIN; INSERT INTO t VALUES (1)"});
    CHECK(connection.in_transaction());
    connection.commit();
    CHECK_FALSE(connection.in_transaction());
    connection.execute({"insert", "BEGIN; INSERT INTO t VALUES (2)"});
    connection.rollback();
    connection.execute({"insert", "BEGIN; INSERT INTO t VALUES (3)"});
  }
  CHECK(database.value("SELECT string_agg(n::text, ',') FROM t") == "1");
}

TEST_CASE("COMMIT of a failed transaction is an error, although the server says none") {
  Database database;
  database.run("CREATE TABLE t (n int)");
  Connection connection(Side::target, database.url(), "t");
  connection.execute({"insert", "BEGIN; INSERT INTO t VALUES (1)"});
  CHECK_THROWS_AS(connection.execute({"bad", "SELECT 1/0"}), Error);
  try {
    connection.commit();
    FAIL("committed");
  } catch (const CommitUnknown&) {
    FAIL("the outcome is known");
  } catch (const Error& error) {
    CHECK(error.sqlstate() == "25P02");
  }
  CHECK(database.value("SELECT count(*) FROM t") == "0");
  CHECK(connection.is_alive());
}

TEST_CASE("a deferred constraint that fails at COMMIT is a plain error") {
  Database database;
  database.run(
      "CREATE TABLE p (id int PRIMARY KEY);"
      "CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
  Connection connection(Side::target, database.url(), "t");
  connection.execute({"insert", "BEGIN; INSERT INTO c VALUES (1)"});
  try {
    connection.commit();
    FAIL("committed");
  } catch (const CommitUnknown&) {
    FAIL("the outcome is known");
  } catch (const Error& error) {
    CHECK(error.sqlstate() == "23503");
  }
  CHECK(connection.is_alive());
}

TEST_CASE("a session that dies before the answer to COMMIT leaves the outcome unknown") {
  Database database;
  database.run("CREATE TABLE t (n int)");
  Connection connection(Side::target, database.url(), "t");
  connection.execute({"insert", "BEGIN; INSERT INTO t VALUES (1)"});
  database.run("SELECT pg_terminate_backend(" + std::to_string(connection.backend_pid()) +
               ", 5000)");
  CHECK_THROWS_AS(connection.commit(), CommitUnknown);
  CHECK_FALSE(connection.is_alive());
  connection.rollback();
  CHECK_THROWS_AS(connection.execute({"after", "SELECT 1"}), Error);
}

TEST_CASE("a terminated session says why") {
  Database database;
  Connection connection(Side::source, database.url(), "t");
  database.run("SELECT pg_terminate_backend(" + std::to_string(connection.backend_pid()) +
               ", 5000)");
  const Error error = refusal(connection, "SELECT 1");
  CHECK((error.sqlstate() == "57P01" || error.sqlstate().empty()));
  CHECK(classify(error).action == Action::retry);
  CHECK_FALSE(connection.is_alive());
}

TEST_CASE("another thread can interrupt a statement") {
  Database database;
  Connection connection(Side::source, database.url(), "t");
  const Canceller canceller = connection.canceller();
  // Until it is heard: the first may come before the statement has begun.
  std::jthread interrupter([&canceller](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      canceller.cancel();
    }
  });
  CHECK(refusal(connection, "SELECT pg_sleep(600)").sqlstate() == "57014");
  interrupter.request_stop();
  interrupter.join();
  CHECK(connection.is_alive());
}

TEST_CASE("notices stay away from the terminal") {
  Database database;
  Connection connection(Side::source, database.url(), "t");
  connection.execute({"notice", "DO $$ BEGIN RAISE WARNING 'this must not be printed'; END $$"});
  CHECK(connection.is_alive());
}

}  // namespace
}  // namespace rehome::pg
