#include "pg/error.h"

#include <doctest/doctest.h>

namespace rehome::pg {
namespace {

Error make_error(const std::string& sqlstate, const std::string& message,
                 const std::string& context = "") {
  ErrorFields fields;
  fields.sqlstate = sqlstate;
  fields.message = message;
  fields.context = context;
  return {Side::source, "read rows", fields};
}

std::string what(const std::string& sqlstate, const std::string& message) {
  return make_error(sqlstate, message).what();
}

TEST_CASE("what() names side, statement, code and the server's words") {
  CHECK(what("42P01", "relation \"t\" does not exist") ==
        "source read rows: 42P01 relation \"t\" does not exist");
  CHECK(what("", "server closed the connection unexpectedly\n\tThis probably means\n") ==
        "source read rows: server closed the connection unexpectedly This probably means");
}

TEST_CASE("what() keeps silent where the server's words may quote a row") {
  CHECK(what("22P02", "invalid input syntax for type integer: \"secret\"") ==
        "source read rows: 22P02 invalid_text_representation");
  CHECK(what("23505", "secret") == "source read rows: 23505 unique_violation");
  CHECK(what("P0001", "secret") == "source read rows: P0001 raise_exception");
  CHECK(what("P0004", "secret") == "source read rows: P0004 assert_failure");
  CHECK(what("38000", "secret") == "source read rows: 38000 external_routine_exception");
  CHECK(what("XY123", "secret") == "source read rows: XY123 raised by user code");
  CHECK(what("22ZZZ", "secret") == "source read rows: 22ZZZ raised by user code");
  CHECK(make_error("23505", "secret").fields().message == "secret");
}

TEST_CASE("what() keeps silent where code of the database's users may speak") {
  const auto says = [](const std::string& context) {
    return std::string(make_error("55000", "secret", context).what());
  };
  CHECK(says("") == "source read rows: 55000 secret");
  CHECK(says("COPY t, line 3") == "source read rows: 55000 secret");
  CHECK(says("PL/pgSQL function f() line 4 at RAISE") ==
        "source read rows: 55000 object_not_in_prerequisite_state");
  CHECK(says("PL/pgSQL-Funktion f() Zeile 4 bei RAISE\nCOPY t, Zeile 2") ==
        "source read rows: 55000 object_not_in_prerequisite_state");
}

TEST_CASE("conditions have the names of PostgreSQL's manual") {
  CHECK(condition_name("00000") == "successful_completion");
  CHECK(condition_name("23505") == "unique_violation");
  CHECK(condition_name("25P04") == "transaction_timeout");
  CHECK(condition_name("XX002") == "index_corrupted");
  CHECK(condition_name("").empty());
  CHECK(condition_name("ZZZZZ").empty());
  CHECK(condition_name("2350").empty());
}

TEST_CASE("the line of a COPY is found in its context") {
  const auto line = [](const std::string& context) {
    return make_error("23505", "", context).copy_line();
  };
  CHECK(line("COPY t, line 3") == 3);
  CHECK(line("COPY t, line 12, column mail") == 12);
  CHECK(line("COPY t, line 12, column mail: \"a, line 4\"") == 12);
  CHECK(line("COPY t, line 7: \"x\"") == 7);
  CHECK(line("COPY t, Zeile 5") == 5);
  CHECK(line("COPY t, 行 5") == 5);
  CHECK(line("PL/pgSQL function f() line 4 at RAISE\nCOPY t, line 2") == 2);
  CHECK(line("SQL statement \"\nCOPY x, line 9\n\"\nCOPY t, line 2") == 2);
  CHECK(line("COPY odd, name, line 2") == 2);
  CHECK(line("") == std::nullopt);
  CHECK(line("COPY t") == std::nullopt);
  CHECK(line("COPY t, line ") == std::nullopt);
  CHECK(line("COPY t, line x") == std::nullopt);
  CHECK(line("SQL statement \"INSERT, line 3\"") == std::nullopt);
}

}  // namespace
}  // namespace rehome::pg
