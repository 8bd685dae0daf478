// Which rows are taken, held, excluded, refused or second: the statements on small data.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "plan/live.h"

namespace rehome::plan {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Legacy key and decision of every derived row.
Rows read_decisions(Live& live, const Entity& entity) {
  Rows decisions;
  for (const auto& row : live.source_database().rows(derive_statement(entity, {}).text())) {
    const int decision = std::stoi(row[entity.key.size() + k_decision_offset]);
    decisions.push_back(
        {row[0],
         decision == 0 ? "" : entity.holds.at(static_cast<std::size_t>(-decision - 1)).reason});
  }
  return decisions;
}

TEST_CASE("joins neither drop nor double rows; what is absent is held by its name") {
  Live live(
      "version: 1\nname: test\nsource: {url: service=a}\ntarget: {url: service=b}\nentities:\n"
      "  things:\n    from: thing t\n    join:\n"
      "      k: {table: kind, on: k.id = t.kind_id, one: required}\n"
      "      o: {table: owner, on: o.kind_id = k.id, one: optional}\n"
      "      p: {table: photo, on: p.thing_id = t.id, one: optional, pick: {order: p.taken}}\n"
      "    to: things\n    key: t.id\n    exclude: {gone: t.gone, odd: t.id % 2 = 1}\n"
      "    refuse: {bad: t.bad}\n    columns: {name: \"concat_ws(' ', k.name, o.name, p.name)\"}\n",
      "CREATE TABLE kind (name text, id int NOT NULL UNIQUE);"
      "CREATE TABLE owner (kind_id int UNIQUE, name text);"
      "CREATE TABLE photo (id int PRIMARY KEY, thing_id int, taken date, name text);"
      "CREATE TABLE thing (id int PRIMARY KEY, kind_id int, gone bool, bad bool);"
      "INSERT INTO kind VALUES ('k', 1), (NULL, 2); INSERT INTO owner VALUES (1, 'o');"
      "INSERT INTO photo VALUES (4, 2, '2020-01-01', 'later'), (3, 2, '2019-01-01', 'second'), "
      "(2, 2, '2019-01-01', 'first'), (1, 2, NULL, 'undated');"
      "INSERT INTO thing VALUES (1, 1, false, false), (2, 1, NULL, NULL), (4, 2, false, true), "
      "(6, 3, false, true), (8, NULL, false, false), (10, 1, true, true), (11, 1, true, false)",
      "CREATE TABLE things (id uuid PRIMARY KEY, name text)");
  const Entity entity = live.entity("things");
  CHECK(read_decisions(live, entity) ==
        Rows{{"2", ""}, {"4", "refuse:bad"}, {"6", "join:k"}, {"8", "join:k"}});
  const auto derived = live.source_database().rows(derive_statement(entity, {}).text());
  CHECK(derived.at(0).back() == "k o first");

  const Rows counts = live.source_database().rows(decisions_statement(entity, {}));
  CHECK(counts == Rows{{"0", "4"}, {"1", "2"}, {"2", "1"}});
  CHECK(live.source_database().value(source_count_statement(entity)) == "7");
  CHECK(live.source_database().rows(source_summary_statement(entity, {})).at(0).at(0) == "4");
  CHECK(live.source_database().rows(existing_keys_statement(entity, {})).size() == 7);
  CHECK(live.source_database().value(probe_source_statement(entity, {})) == "4");
  const auto except = derive_statement(entity, {}, {{"2"}, {"8"}});
  CHECK(live.source_database().rows(except.text()).size() == 2);
}

TEST_CASE("of rows that share a unique value the lowest key wins, as the target compares") {
  Live live(
      mapping_of_things("{t.id: legacy_id}",
                        "      word: t.word\n      fixed: t.fixed\n      day: t.day\n"
                        "      pair: t.pair\n      number: t.number\n      parent_id: {ref: "
                        "parents, key: t.parent_id}\n") +
          "  parents: {from: parent p, to: parents, key: p.id, columns: {name: p.name}}\n",
      "CREATE TABLE parent (id int PRIMARY KEY, name text); CREATE TABLE thing (id int PRIMARY "
      "KEY, "
      "word text UNIQUE, fixed text, day date, pair text, number int, parent_id int);"
      "INSERT INTO thing VALUES (1, 'Ab', 'x', NULL, 'a', 1, 7), (2, 'aB', 'x ', '2020-01-01', "
      "'a', "
      "2, NULL), (10, 'AB', 'xx', NULL, 'a', NULL, NULL), (9, 'c', NULL, '2020-01-02', 'a', NULL, "
      "7),"
      " (3, NULL, NULL, '2020-01-03', 'a', 1, 7)",
      "CREATE EXTENSION citext; CREATE TABLE parents (id uuid PRIMARY KEY, name text);"
      "CREATE TABLE things (id uuid PRIMARY KEY, legacy_id int UNIQUE, word citext UNIQUE, fixed "
      "char(4) UNIQUE, day date UNIQUE NULLS NOT DISTINCT, pair text, number int, parent_id uuid "
      "UNIQUE, UNIQUE (pair, number), UNIQUE (legacy_id, word))");
  const Entity entity = live.entity("things");
  const auto find_losers = [&](const std::string& column) {
    for (const UniqueCheck& each : entity.unique_checks) {
      if (each.columns.back() != column) continue;
      auto rows = live.source_database().rows(losers_statement(entity, each));
      std::sort(rows.begin(), rows.end());
      return rows;
    }
    return Rows{{"no check"}};
  };
  CHECK(find_losers("word") == Rows{{"10"}, {"2"}});
  CHECK(find_losers("fixed") == Rows{{"2"}});
  CHECK(find_losers("day") == Rows{{"10"}});
  CHECK(find_losers("number") == Rows{{"3"}});
  CHECK(find_losers("parent_id") == Rows{{"3"}, {"9"}});
  CHECK(find_losers("legacy_id") == Rows{{"no check"}});
  CHECK(entity.unique_checks.size() == 5);
}

TEST_CASE("what a rule refuses need not be computable, nor what is excluded") {
  Live live(
      "version: 1\nname: test\nsource: {url: service=a}\ntarget: {url: service=b}\nentities:\n"
      "  things:\n    from: thing t\n    to: things\n    key: t.id\n"
      "    exclude: {empty: t.x = ''}\n    refuse: {no_number: \"t.x !~ '^[0-9]+$'\"}\n"
      "    columns: {number: t.x::int, small: t.x::bigint}\n",
      "CREATE TABLE thing (id int PRIMARY KEY, x text);"
      "INSERT INTO thing VALUES (1, '7'), (2, 'seven'), (3, ''), (4, '99999'), (5, NULL), (6, '7')",
      "CREATE TABLE things (id uuid PRIMARY KEY, number int UNIQUE, small smallint)");
  const Entity entity = live.entity("things");
  CHECK(read_decisions(live, entity) ==
        Rows{{"1", ""}, {"2", "refuse:no_number"}, {"4", "loss"}, {"5", ""}, {"6", ""}});
  CHECK(live.source_database().rows(losers_statement(entity, entity.unique_checks.at(0))) ==
        Rows{{"6"}});
  CHECK(live.source_database().value(probe_source_statement(entity, {})) == "5");
}

TEST_CASE("a subquery with two rows fails its own row, and no sum") {
  Live live(mapping_of_things("t.id",
                              "      name: (select p.name from part p where p.thing_id = "
                              "t.id)\n"),
            "CREATE TABLE thing (id int PRIMARY KEY); CREATE TABLE part (thing_id int, name text);"
            "INSERT INTO thing VALUES (1), (2), (3); INSERT INTO part VALUES (1, 'a'), (2, 'b'), "
            "(2, 'c')",
            "CREATE TABLE things (id uuid PRIMARY KEY, name text)");
  const Entity entity = live.entity("things");
  tests::Database& source = live.source_database();
  CHECK_THROWS(source.rows(derive_statement(entity, {}).text()));
  CHECK(source.rows(derive_statement(entity, {}, {{"2"}}).text()).size() == 2);
  const Rows before = source.rows(source_summary_statement(entity, {}));
  CHECK(before.at(0).at(0) == "3");
  for (const std::string each :
       {"UPDATE part SET name = 'd' WHERE name = 'c'",
        "UPDATE part SET name = NULL WHERE name = 'a'", "DELETE FROM part WHERE thing_id = 1",
        "INSERT INTO part VALUES (3, NULL)"}) {
    source.run("BEGIN; " + each);
    CAPTURE(each);
    CHECK(source.rows(source_summary_statement(entity, {})) != before);
    source.run("ROLLBACK");
  }
}

// Staged rows of `nodes`, marked by the probes; the rest inserted.
class Staged {
 public:
  Staged()
      : live_(mapping_of_things("{t.id: id}",
                                "      ordinal: t.a\n      refusal: t.b\n      state: {map: t.c, "
                                "values: {1: on}}\n      parent: t.parent\n      word: t.word\n"),
              "CREATE TABLE thing (id int PRIMARY KEY, a int, b int, c int, parent int, word text)",
              "CREATE EXTENSION citext; CREATE TYPE switch AS ENUM ('on', 'off');"
              "CREATE TABLE things (id int PRIMARY KEY, ordinal int CONSTRAINT positive CHECK "
              "(ordinal > 0), refusal int, state switch, parent int REFERENCES things, word citext "
              "UNIQUE, CONSTRAINT larger CHECK (refusal > ordinal OR state = 'off') NOT VALID);"
              "INSERT INTO things VALUES (100, 1, 2, 'on', NULL, 'There')"),
        entity_(live_.entity("things")) {}

  // `values`: ordinal, id, ordinal_, refusal_, state, parent, word. The constraint that refuses it.
  std::map<std::string, std::string> run(const std::string& values) {
    tests::Database& target = live_.target_database();
    target.run(
        "BEGIN; " + stage_statement(entity_) +
        "; INSERT INTO pg_temp.staged (ordinal, id, ordinal_, refusal_, state, parent, word) "
        "VALUES " +
        values);
    for (std::size_t probe = 0; probe < entity_.probes.size(); ++probe) {
      target.run("PREPARE probe (int[]) AS " + probe_statement(entity_, probe) +
                 "; EXECUTE probe ('{0,1}'); DEALLOCATE probe");
    }
    std::map<std::string, std::string> refusals;
    for (const auto& row :
         target.rows("SELECT id, refusal FROM pg_temp.staged WHERE refusal IS NOT NULL")) {
      refusals[row[0]] = entity_.probes.at(std::stoul(row[1])).constraint;
    }
    const std::string rest = target.value(
        "SELECT coalesce(array_agg(ordinal), '{}') FROM pg_temp.staged WHERE refusal IS NULL");
    target.run("PREPARE take (int[]) AS " + insert_staged_statement(entity_) + "; EXECUTE take ('" +
               rest + "')");
    target.run("ROLLBACK; DEALLOCATE take");
    return refusals;
  }

 private:
  Live live_;
  Entity entity_;
};

TEST_CASE("probes name the rows a constraint refuses, and only those") {
  Staged staged;
  CHECK(staged.run("(0, 1, 1, 2, 'on', NULL, 'x')").empty());
  CHECK(staged.run("(0, 1, 0, 2, 'on', NULL, 'x'), (1, 2, NULL, NULL, 'on', NULL, NULL)") ==
        std::map<std::string, std::string>{{"1", "positive"}});
  CHECK(staged.run("(0, 1, 5, 2, 'on', NULL, 'x'), (1, 2, 5, 2, 'off', NULL, NULL)") ==
        std::map<std::string, std::string>{{"1", "larger"}});
  CHECK(staged.run("(0, 1, 1, 2, 'on', 99, 'x'), (1, 2, 1, 2, 'on', 100, 'y')") ==
        std::map<std::string, std::string>{{"1", "things_parent_fkey"}});
  // The parent comes in the same batch, after its child.
  CHECK(staged.run("(0, 1, 1, 2, 'on', 2, 'x'), (1, 2, 1, 2, 'on', NULL, 'y')").empty());
  CHECK(staged.run("(0, 1, 1, 2, 'on', NULL, 'tHERE'), (1, 100, 1, 2, 'on', NULL, NULL)") ==
        std::map<std::string, std::string>{{"1", "things_word_key"}, {"100", "things_pkey"}});
}

}  // namespace
}  // namespace rehome::plan
