// What constructs make of values, asked of a real server.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "mapping/constructs/json_text.h"
#include "mapping/sample.h"
#include "sql/identifier.h"
#include "support/cluster.h"

namespace rehome::mapping {
namespace {

class Things {
 public:
  Things() : database_("constructs") {
    database_.run("CREATE TABLE thing (id int, \"Name\" text, flag bool, day date)");
  }

  // Column `c` of each row of VALUES (id, name, flag, day).
  std::string derive(const std::string& written, const std::string& row) {
    const auto mapping = load_text(with_columns("      c: " + written + "\n"));
    if (!mapping) FAIL(base::render(mapping.error(), base::SourceText()));
    DeriveContext context;
    context.column = "c";
    context.source_table = "public.thing";
    context.alias = "t";
    context.source_columns = {"id", "Name", "flag", "day"};
    const Derivation made = mapping->entities[0].find_column("c")->construct->derive(context);
    std::string query = "SELECT coalesce((" + made.value.text() + ")::text, 'NULL')";
    for (const Refusal& refusal : made.refusals)
      query += " || CASE WHEN " + refusal.when.text() + " THEN ' refused' ELSE '' END";
    database_.run("TRUNCATE thing; INSERT INTO thing VALUES (" + row + ")");
    return database_.value(query + " FROM thing t");
  }

 private:
  tests::Database database_;
};

TEST_CASE("map looks values up as text, and refuses what nobody decided") {
  Things things;
  const std::string map = "{map: t.id, values: {1: one, 2: ~}}";
  CHECK(things.derive(map, "1, '', true, NULL") == "one");
  CHECK(things.derive(map, "2, '', true, NULL") == "NULL");
  CHECK(things.derive(map, "3, '', true, NULL") == "NULL refused");
  CHECK(things.derive(map, "NULL, '', true, NULL") == "NULL refused");
  CHECK(things.derive("{map: t.id, values: {1: one, ~: none}}", "NULL, '', true, NULL") == "none");
  CHECK(things.derive("{map: t.id, values: {~: none}}", "1, '', true, NULL") == "NULL refused");
  CHECK(things.derive("{map: t.id, values: {1: one}, else: {value: many}}",
                      "NULL, '', true, NULL") == "many");
  CHECK(things.derive("{map: t.flag, values: {true: yes, false: no}}", "1, '', false, NULL") ==
        "no");
  CHECK(things.derive("{map: t.day, values: {2020-02-29: leap}}", "1, '', false, '2020-02-29'") ==
        "leap");
  CHECK(things.derive("{map: '\"Name\"', values: {\"it's\": \"isn't\"}}",
                      "1, 'it''s', false, NULL") == "isn't");
}

TEST_CASE("first_line cuts, and says so") {
  Things things;
  const std::string line = "{first_line: 't.\"Name\"', max: 5, blank: Message}";
  CHECK(things.derive(line, "1, 'abcde', true, NULL") == "abcde");
  CHECK(things.derive(line, "1, 'abcdef', true, NULL") == "abcd…");
  CHECK(things.derive(line, "1, 'äöüßéè', true, NULL") == "äöüß…");
  CHECK(things.derive(line, "1, E'ab\\ncd', true, NULL") == "ab");
  CHECK(things.derive(line, "1, E'\\r\\n  ab \\r\\ncd', true, NULL") == "ab");
  CHECK(things.derive(line, "1, E' \\n\\t', true, NULL") == "Message");
  CHECK(things.derive(line, "1, NULL, true, NULL") == "Message");
  CHECK(things.derive("{first_line: 't.\"Name\"', max: 5}", "1, NULL, true, NULL") == "NULL");
}

TEST_CASE("audit keeps the row, NULLs and quotes included") {
  Things things;
  CHECK(
      things.derive("{audit: {row: true, except: [flag]}, under: m, add: {half: t.id / 2.0}}",
                    "3, 'a\"b', true, NULL") ==
      R"({"m": {"table": "thing", "row": {"id" : "3", "Name" : "a\"b", "day" : null}, "half" : 1.5000000000000000}})");
}

TEST_CASE("a ref by kind has at most one key, and refuses kinds it does not know") {
  Things things;
  const auto mapping = load_text(with_columns(
      "      c: {ref: {by: t.\"Name\", cases: {a: things, b: others, c: ~}}, key: t.id}\n"
      "  others: {from: x, to: y, key: x.id, columns: {d: x.d}}\n"));
  REQUIRE(mapping.has_value());
  const Derivation made = mapping->entities[0].find_column("c")->construct->derive({});
  REQUIRE(made.ref->targets.size() == 2);
  tests::Database database("refs");
  const std::string query = "SELECT " + made.ref->targets[0].key[0].text() + ", " +
                            made.ref->targets[1].key[0].text() + ", " +
                            made.refusals[0].when.text() +
                            " FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, NULL)) t "
                            "(id, \"Name\") ORDER BY id";
  const std::vector<std::vector<std::string>> expected = {{"1", "NULL", "f"},
                                                          {"NULL", "2", "f"},
                                                          {"NULL", "NULL", "f"},
                                                          {"NULL", "NULL", "t"},
                                                          {"NULL", "NULL", "t"}};
  CHECK(database.rows(query) == expected);
}

TEST_CASE("json is taken exactly when jsonb takes it, duplicate keys aside") {
  tests::Database database("json");
  database.run(
      "CREATE FUNCTION is_jsonb(t text) RETURNS bool LANGUAGE plpgsql AS "
      "$$ BEGIN PERFORM t::jsonb; RETURN true; EXCEPTION WHEN data_exception OR "
      "program_limit_exceeded THEN RETURN false; END $$");
  const std::vector<std::string> shapes = {
      "X",      "[X, Y]", "{\"a\": X, \"b\": [Y]}", " {\"\\u0061\":X}\n", "[[], {}, X Y]",
      "{X: Y}", "[X,]"};
  const std::vector<std::string> parts = {"1",
                                          "-0.5E+3",
                                          "01",
                                          "1.",
                                          ".5",
                                          "-",
                                          "1e",
                                          "true",
                                          "nul",
                                          "null",
                                          "\"ä\"",
                                          "\"\\u00e4\\n\"",
                                          "\"\\ud83d\\ude00\"",
                                          "\"\\ud83d\"",
                                          "\"\\ude00x\"",
                                          "\"\\u0000\"",
                                          "\"\\x\"",
                                          "\"\\u12g4\"",
                                          "\"",
                                          "\"a\tb\"",
                                          "",
                                          "[]",
                                          "{}",
                                          "{\"k\":[1,{}]}",
                                          "1e99999",
                                          "'x'",
                                          "NaN"};
  CHECK(rc::check("find_json_problem", [&] {
    std::string text = *rc::gen::elementOf(shapes);
    for (const char* hole : {"X", "Y"}) {
      const auto at = text.find(hole);
      if (at != std::string::npos) text.replace(at, 1, *rc::gen::elementOf(parts));
    }
    const std::string_view problem = find_json_problem(text);
    const bool stored = database.value("SELECT is_jsonb(" + sql::quote_literal(text) + ")") == "t";
    RC_ASSERT(stored == problem.empty());
  }));
  for (const std::string text : {"1e131071", "1e131072", "1e-16383", "1e-16384", "12345e131068",
                                 "0e200000", "1E400", "-0", "\"\\ud83d\\ude00\""}) {
    CAPTURE(text);
    const bool stored = database.value("SELECT is_jsonb(" + sql::quote_literal(text) + ")") == "t";
    CHECK(stored == find_json_problem(text).empty());
  }
}

}  // namespace
}  // namespace rehome::mapping
