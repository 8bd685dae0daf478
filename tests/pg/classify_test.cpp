#include <doctest/doctest.h>

#include "pg/error.h"
#include "pg/sqlstates.h"

namespace rehome::pg {
namespace {

TEST_CASE("every code of PostgreSQL has the action it should have, and what is not listed stops") {
  const std::vector<std::string> codes = make_all_sqlstates();
  CHECK(codes.size() > 250);
  for (const std::string& code : codes) {
    CAPTURE(code);
    CHECK(classify(code, "").action == expected_action(code));
  }
}

TEST_CASE("whoever has to act is told how") {
  for (const std::string& code : make_all_sqlstates()) {
    CAPTURE(code);
    const Classification classification = classify(code, "");
    CHECK(classification.advice.empty() == (classification.action == Action::refuse_row));
  }
}

TEST_CASE("codes nobody knows stop, but inside the classes about data they are about data") {
  CHECK(classify("ZZ999", "").action == Action::stop);
  CHECK(classify("P0", "").action == Action::stop);
  CHECK(classify("X", "").action == Action::stop);
  CHECK(classify("22ABC", "").action == Action::refuse_row);
}

TEST_CASE("where a code means several things the message decides") {
  struct Case {
    std::string_view code;
    std::string_view message;
    Action action;
  };
  const Case cases[] = {
      {"22023", "invalid snapshot identifier: \"0-1\"", Action::new_epoch},
      {"22023", "cannot take logarithm of snapshot", Action::refuse_row},
      {"42704", "snapshot \"0-1\" does not exist", Action::new_epoch},
      {"42704", "type \"mood\" does not exist", Action::stop},
      {"40001", "canceling statement due to conflict with recovery", Action::new_epoch},
      {"40001", "terminating connection due to conflict with recovery", Action::new_epoch},
      {"40001", "could not serialize access due to concurrent update", Action::retry},
      {"53400", "temporary file size exceeds temp_file_limit (1kB)", Action::retry_smaller},
      {"53400", "all replication slots are in use", Action::stop},
      {"55000", "could not import the requested snapshot", Action::new_epoch},
      {"55000", "can no longer get changes from replication slot \"s\"", Action::new_epoch},
      {"55000", "can no longer access replication slot \"s\"", Action::new_epoch},
      {"55000", "cannot update table \"t\"", Action::stop},
      {"57014", "canceling statement due to statement timeout", Action::retry_smaller},
      {"57014", "canceling statement due to user request", Action::stop},
      {"58P01", "requested WAL segment 01 has already been removed", Action::new_epoch},
      {"58P01", "could not open file", Action::stop},
      {"XX000", "invalid memory alloc request size 1073741824", Action::refuse_row},
      {"XX000", "cache lookup failed for type 7", Action::stop},
  };
  for (const Case& each : cases) {
    CAPTURE(each.message);
    CHECK(classify(each.code, each.message).action == each.action);
  }
}

TEST_CASE("a lost connection is tried again, unless COMMIT was on its way") {
  CHECK(classify(Error(Side::target, "insert", {})).action == Action::retry);
  CHECK(classify(CommitUnknown(Side::target, "commit", {})).action == Action::unknown_outcome);
  ErrorFields fields;
  fields.sqlstate = "57P01";
  CHECK(classify(CommitUnknown(Side::target, "commit", fields)).action == Action::unknown_outcome);
  const CommitUnknown unknown(Side::target, "commit", fields);
  const Error& as_error = unknown;
  CHECK(classify(as_error).action == Action::unknown_outcome);
}

}  // namespace
}  // namespace rehome::pg
