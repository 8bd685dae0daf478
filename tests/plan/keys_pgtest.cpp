// Every key is in exactly one part of a cut, whatever its type.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

#include "plan/live.h"

namespace rehome::plan {
namespace {

std::vector<KeyText> read_keys(tests::Database& database, const std::string& statement) {
  return database.rows(statement);
}

// The ranges between the cut's keys, open at both ends.
std::vector<KeySet> make_ranges(tests::Database& database, const Entity& entity, int size) {
  std::vector<KeySet> ranges(1);
  for (;;) {
    const auto end = database.rows(cut_statement(entity, ranges.back(), size));
    if (end.empty()) return ranges;
    ranges.back().upto = end.front();
    ranges.emplace_back();
    ranges.back().after = end.front();
  }
}

std::vector<KeySet> make_buckets(int count) {
  std::vector<KeySet> buckets;
  for (int bucket = 0; bucket < count; ++bucket) {
    buckets.emplace_back();
    buckets.back().bucket = bucket;
    buckets.back().buckets = count;
  }
  return buckets;
}

void check_partition(tests::Database& database, const Entity& entity,
                     const std::vector<KeySet>& parts) {
  std::set<KeyText> seen;
  std::size_t count = 0;
  for (const KeySet& part : parts) {
    const auto keys = read_keys(database, keys_statement(entity, part));
    count += keys.size();
    seen.insert(keys.begin(), keys.end());
  }
  const auto all = read_keys(database, keys_statement(entity, {}));
  CHECK(count == all.size());
  CHECK(seen == std::set<KeyText>(all.begin(), all.end()));
}

// The same parts of a copy of the keys, as the ledger keeps them.
void check_ledger_agrees(Live& live, const Entity& entity, const std::vector<KeySet>& parts) {
  std::string definitions;
  std::vector<std::string> columns;
  for (const KeyColumn& each : entity.key) {
    const std::string name = sql::quote_identifier("legacy_" + each.name);
    definitions += (definitions.empty() ? "" : ", ") + name + " " + each.type_text;
    columns.push_back("kept." + name);
  }
  tests::Database& target = live.target_database();
  target.run("CREATE TABLE kept (" + definitions + ")");
  for (const KeyText& key : read_keys(live.source_database(), keys_statement(entity, {}))) {
    std::vector<std::string> values;
    for (const std::string& each : key) values.push_back(sql::quote_literal(each));
    target.run("INSERT INTO kept VALUES (" + sql::join(values, ", ") + ")");
  }
  std::vector<std::string> texts;
  for (const std::string& each : columns) texts.push_back(each + "::text");
  for (const KeySet& part : parts) {
    const auto there = read_keys(target, "SELECT " + sql::join(texts, ", ") + " FROM kept WHERE " +
                                             key_condition(columns, entity.key, part) +
                                             key_order(columns, entity.key));
    CHECK(there == read_keys(live.source_database(), keys_statement(entity, part)));
  }
}

struct Keys {
  const char* type;
  const char* values;  // of generate_series n
  bool ranged;
};

TEST_CASE("ranges and buckets hold every key once, at the source and in the ledger") {
  const Keys kinds[] = {
      {"int", "(n - 50) * 1000", true},
      {"smallint", "n - 50", true},
      {"bigint", "(n - 50)::bigint * 10000000000", true},
      {"uuid", "md5(n::text)::uuid", true},
      {"text",
       "(ARRAY['', 'ä', 'Z', 'a', 'é', ' ', '''', '\\', '\"', 'ß', '{', 'NULL'])[1 + n % 12] || n",
       false},
      {"date", "'2020-01-01'::date + n", false},
      {"numeric", "n / 4.0", false},
      {"char(6)", "n::text", false},
  };
  for (const Keys& each : kinds) {
    CAPTURE(each.type);
    Live live(mapping_of_things("t.id", "      name: t.name\n"),
              fmt::format("CREATE TABLE thing (id {} PRIMARY KEY, name text); INSERT INTO thing "
                          "SELECT {}, 'x' FROM generate_series(1, 120) n",
                          each.type, each.values),
              "CREATE TABLE things (id uuid PRIMARY KEY, name text)");
    const Entity entity = live.entity("things");
    CHECK(entity.ranged == each.ranged);
    const auto ranges = make_ranges(live.source_database(), entity, 7);
    CHECK(ranges.size() == 120 / 7 + 1);
    check_partition(live.source_database(), entity, ranges);
    check_partition(live.source_database(), entity, make_buckets(5));
    auto parts = make_buckets(5);
    parts.insert(parts.end(), ranges.begin(), ranges.end());
    check_ledger_agrees(live, entity, parts);
  }
}

TEST_CASE("keys of several columns are told apart however they are written together") {
  Live live(
      mapping_of_things("[t.a, t.b, t.c]", "      name: t.name\n"),
      "CREATE TABLE thing (a text COLLATE \"C\", b text COLLATE \"en-x-icu\", c int, name text, "
      "PRIMARY KEY (a, b, c)); INSERT INTO thing SELECT repeat('a', i), repeat('a', j) || '1:', "
      "k FROM generate_series(0, 4) i, generate_series(0, 4) j, generate_series(-1, 1) k",
      "CREATE TABLE things (id uuid PRIMARY KEY, name text)");
  const Entity entity = live.entity("things");
  CHECK_FALSE(entity.ranged);
  check_partition(live.source_database(), entity, make_buckets(8));
  const auto ranges = make_ranges(live.source_database(), entity, 10);
  check_partition(live.source_database(), entity, ranges);
  check_ledger_agrees(live, entity, make_buckets(8));

  KeySet listed;
  listed.listed = true;
  listed.keys = {{"aa", "a1:", "0"}, {"a", "aa1:", "0"}, {"absent", "", "7"}};
  CHECK(live.source_database().rows(keys_statement(entity, listed)).size() == 2);
  listed.keys.clear();
  CHECK(live.source_database().rows(keys_statement(entity, listed)).empty());
}

TEST_CASE("a list finds keys whatever stands in them") {
  Live live(mapping_of_things("t.id", "      name: t.id\n"),
            "CREATE TABLE thing (id text PRIMARY KEY)",
            "CREATE TABLE things (id uuid PRIMARY KEY, name text)");
  const Entity entity = live.entity("things");
  KeySet listed;
  listed.listed = true;
  for (const std::string each : {"", "NULL", "{}", "a,b", "\"", "\\", "\\\\\"", "'", "''; --",
                                 " x ", "ä\n\t", "$1", "%s", "{0}"}) {
    listed.keys = {{each}, {"other"}};
    live.source_database().run("TRUNCATE thing; INSERT INTO thing VALUES (" +
                               sql::quote_literal(each) + ")");
    CAPTURE(each);
    CHECK(live.source_database().rows(keys_statement(entity, listed)) ==
          std::vector<KeyText>{{each}});
  }
}

}  // namespace
}  // namespace rehome::plan
