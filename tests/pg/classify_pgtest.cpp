#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "pg/connection.h"
#include "pg/sqlstates.h"
#include "support/cluster.h"

namespace rehome::pg {
namespace {

using tests::Database;

Error refusal(Connection& connection, const std::string& statement) {
  try {
    connection.execute({"try", statement});
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error: ", statement);
  throw std::logic_error("unreachable");
}

// Loads two rows, of which a trigger refuses the second with `code`.
Error refusal_by_trigger(Connection& connection, const std::string& code) {
  CopyIn in = connection.copy_in({"load", "COPY t FROM STDIN"});
  in.write("fine\n" + code + "\n");
  try {
    const std::int64_t taken = in.finish();
    FAIL("took ", taken, " rows");
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("unreachable");
}

TEST_CASE("whatever code a trigger raises in the middle of a COPY lands where the table says") {
  Database database;
  database.run(R"(
    CREATE TABLE t (code text);
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.code <> 'fine' THEN RAISE 'secret words' USING ERRCODE = NEW.code; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION refuse())");
  Connection connection(Side::target, database.url(), "t");
  std::vector<std::string> codes = make_all_sqlstates();
  codes.insert(codes.end(), {"ZZ999", "45000", "PT404"});
  for (const std::string& code : codes) {
    if (code == "00000") continue;  // no server can raise success
    CAPTURE(code);
    const Error error = refusal_by_trigger(connection, code);
    CHECK(error.sqlstate() == code);
    CHECK(error.copy_line() == 2);
    CHECK(classify(error).action == expected_action(code));
    CHECK(connection.is_alive());
  }
  CHECK(database.value("SELECT count(*) FROM t") == "0");
}

struct Cause {
  const char* statement;
  const char* code;
  Action action;
};

TEST_CASE("real causes arrive with the code and the words that the table knows") {
  Database database;
  database.run(R"(
    CREATE TABLE t (a int PRIMARY KEY, b text);
    CREATE INDEX long_ones ON t (b);
    CREATE TABLE fk (a int REFERENCES t);
    CREATE TYPE mood AS ENUM ('x'))");
  Connection connection(Side::target, database.url(), "t");
  const Cause causes[] = {
      {"BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '00000003-00000002-1'",
       "22023", Action::new_epoch},
      {"BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT 'nonsense'", "22023",
       Action::new_epoch},
      {"SELECT ln(-1)", "2201E", Action::refuse_row},
      {"SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(20)", "57014", Action::retry_smaller},
      {"SET LOCAL temp_file_limit = '1kB'; SET LOCAL work_mem = '64kB'; SELECT count(*) FROM "
       "(SELECT repeat('x', 100) || n FROM generate_series(1, 100000) n ORDER BY 1) s",
       "53400", Action::retry_smaller},
      {"SET TRANSACTION READ ONLY; INSERT INTO t VALUES (1)", "25006", Action::pause},
      {"INSERT INTO t SELECT 1, string_agg(md5(n::text), '') FROM generate_series(1, 1000) n",
       "54000", Action::refuse_row},
      {"INSERT INTO t VALUES (1), (1)", "23505", Action::refuse_row},
      {"INSERT INTO fk VALUES (9)", "23503", Action::refuse_row},
      {"SELECT 'y'::mood", "22P02", Action::refuse_row},
      {"SELECT '2024-02-30'::date", "22008", Action::refuse_row},
      {"SELECT '{}'::jsonb -> 'a' || '\\u0000'::jsonb", "22P02", Action::refuse_row},
      {"SELECT E'\\xff'", "22021", Action::refuse_row},
      {"SELECT 1/0", "22012", Action::refuse_row},
      {"INSERT INTO t VALUES (1) ON CONFLICT (b) DO NOTHING", "42P10", Action::stop},
      {"SELECT nothing", "42703", Action::stop},
      {"SELECT * FROM nothing", "42P01", Action::stop},
      {"EXECUTE nothing", "26000", Action::stop},
      {"SET ROLE pg_monitor; SELECT * FROM t", "42501", Action::stop},
  };
  for (const Cause& cause : causes) {
    CAPTURE(cause.statement);
    const Error error = refusal(connection, cause.statement);
    CHECK(error.sqlstate() == cause.code);
    CHECK(classify(error).action == cause.action);
    connection.rollback();
    connection.execute({"reset", "RESET ROLE"});
  }
}

TEST_CASE("locks, deadlines and other people: tried again") {
  Database database;
  database.run("CREATE TABLE t (a int PRIMARY KEY, b int); INSERT INTO t VALUES (1, 0)");
  Connection one(Side::target, database.url(), "t");
  Connection other(Side::target, database.url(), "t");

  SUBCASE("a lock is not given in time") {
    other.execute({"lock", "BEGIN; LOCK TABLE t"});
    const Error error = refusal(one, "SET lock_timeout = '20ms'; SELECT * FROM t");
    CHECK(error.sqlstate() == "55P03");
    CHECK(classify(error).action == Action::retry);
  }
  SUBCASE("somebody else updated the row") {
    one.execute({"look", "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM t"});
    other.execute({"update", "UPDATE t SET b = 1"});
    const Error error = refusal(one, "UPDATE t SET b = 2");
    CHECK(error.sqlstate() == "40001");
    CHECK(classify(error).action == Action::retry);
  }
  SUBCASE("a session slept in a transaction") {
    one.execute({"sleep", "SET idle_in_transaction_session_timeout = '20ms'; BEGIN"});
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const Error error = refusal(one, "SELECT 1");
    CHECK((error.sqlstate() == "25P03" || error.sqlstate().empty()));
    CHECK(classify(error).action == Action::retry);
    CHECK_FALSE(one.is_alive());
  }
}

}  // namespace
}  // namespace rehome::pg
