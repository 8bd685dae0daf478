// Hashes, as two servers and the program compute them.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "base/hash.h"
#include "plan/live.h"

namespace rehome::plan {
namespace {

unsigned draw_seed() {
  const unsigned seed = std::random_device()();
  MESSAGE("seed " << seed);
  return seed;
}

TEST_CASE("the program hashes bytes as the server does") {
  const unsigned seed = draw_seed();
  std::mt19937_64 random(seed);
  tests::Database database("hash");
  for (std::size_t length = 0; length < 300; ++length) {
    std::string bytes(length < 64 ? length : random() % 5000, '\0');
    for (char& each : bytes) each = static_cast<char>(random());
    const std::uint64_t salt = random();
    const std::string there =
        database.value(fmt::format("SELECT hash_record_extended(ROW('\\x{}'::bytea), '{}'::bigint)",
                                   base::to_hex(bytes), static_cast<std::int64_t>(salt)));
    CAPTURE(seed);
    CAPTURE(bytes.size());
    CHECK(there == std::to_string(static_cast<std::int64_t>(base::postgres_hash(bytes, salt))));
  }
}

TEST_CASE("two values that change places change the sum of source hashes") {
  const unsigned seed = draw_seed();
  std::mt19937 random(seed);
  Live live(
      mapping_of_things("t.id",
                        "      name: t.name || t.small\n      price: t.price\n"
                        "      made: t.made\n"),
      "CREATE TABLE thing (id int PRIMARY KEY, name text, small int, price numeric, made "
      "timestamptz); INSERT INTO thing SELECT n, CASE WHEN n % 4 > 0 THEN n::text END, "
      "nullif(n, 5), n / 7.0, '2020-01-01'::timestamptz + n * interval '1 day' FROM "
      "generate_series(1, 8) n",
      "CREATE TABLE things (id uuid PRIMARY KEY, name text, price numeric, made timestamptz)");
  const Entity entity = live.entity("things");
  const std::string summary = source_summary_statement(entity, {});
  tests::Database& database = live.source_database();
  const char* columns[] = {"name", "small", "price", "made"};
  const auto read_sum = [&] { return database.rows(summary)[0]; };
  auto before = read_sum();
  CHECK(before[0] == "8");
  int changes = 0;
  for (int turn = 0; turn < 10000; ++turn) {
    const char* column = columns[random() % 4];
    const unsigned first = random() % 8 + 1;
    const unsigned second = random() % 8 + 1;
    const std::string moved = database.value(fmt::format(
        "WITH moved AS (UPDATE thing a SET {0} = b.{0} FROM thing b WHERE (a.id, b.id) IN (({1}, "
        "{2}), ({2}, {1})) AND a.{0} IS DISTINCT FROM b.{0} RETURNING 1) SELECT count(*) FROM "
        "moved",
        column, first, second));
    const auto after = read_sum();
    CAPTURE(seed);
    CAPTURE(turn);
    REQUIRE((after == before) == (moved == "0"));
    if (moved != "0") ++changes;
    before = after;
  }
  CHECK(changes > 1000);
}

// What record_send would give, from the fields as they leave the source.
std::string make_record(const Entity& entity, std::span<const pg::Field> fields) {
  constexpr Oid k_text = 25;
  std::string record;
  pg::append_int32(record, static_cast<std::int32_t>(entity.row_hash_columns.size()));
  for (std::size_t index = 0; index < entity.columns.size(); ++index) {
    const Column& column = entity.columns[index];
    if (column.uuid) continue;
    pg::append_int32(record,
                     static_cast<std::int32_t>(column.hash_type == 0 ? k_text : column.hash_type));
    const pg::Field& value = fields[entity.fields[index]];
    pg::RowWriter writer(record);
    if (value) {
      writer.field(*value);
    } else {
      writer.null();
    }
  }
  return record;
}

TEST_CASE("bytes said to be stored as sent are stored as sent") {
  Live live(
      mapping_of_things("{t.id: id}",
                        "      small: t.small\n      big: t.big\n      free: t.free\n"
                        "      single: t.single\n      double: t.double\n      flag: t.flag\n"
                        "      words: t.words\n      short: t.words\n      naive: t.naive\n"
                        "      moment: t.naive\n      day: t.day\n      token: t.token\n"
                        "      bytes: t.bytes\n      mood: {map: t.small, values: {1: glad, 2: "
                        "sad, ~: ~}}\n      parsed: t.big::text\n"),
      "CREATE TABLE thing (id int PRIMARY KEY, small smallint, big bigint, free numeric, single "
      "real, double float8, flag bool, words varchar(10), naive timestamp, day date, token uuid, "
      "bytes bytea);"
      "INSERT INTO thing VALUES (1, 1, 9223372036854775807, 1.50000, 1.5, -0.0, true, 'ä b  ', "
      "'2020-02-29 12:00:00.123456', '4713-01-01 BC', '00112233-4455-6677-8899-aabbccddeeff', "
      "'\\x00ff'), (2, 2, -1, 'NaN', 'NaN', 'Infinity', false, '', 'infinity', 'infinity', NULL, "
      "''), (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), "
      "(4, NULL, 0, 1e130000, 1e-45, 1e-320, NULL, ' ', '0001-01-01 BC', '1999-12-31', "
      "NULL, NULL), (5, 1, 10000, 0.00010000, 0, 0, true, 'x', NULL, NULL, NULL, NULL)",
      "CREATE TYPE mood AS ENUM ('glad', 'sad'); CREATE TABLE things (id int PRIMARY KEY, small "
      "int, big bigint, free numeric, single real, double float8, flag bool, words text, short "
      "varchar(20), naive timestamp, moment timestamptz, day date, token uuid, bytes bytea, mood "
      "mood, parsed numeric)");
  const Entity entity = live.entity("things");
  REQUIRE_FALSE(entity.reads_back_row_hash);

  std::map<std::string, std::string> expected;
  std::string sent;
  pg::RowWriter writer(sent);
  writer.header();
  pg::CopyOut rows =
      live.source().copy_out({"derive", copy_out(derive_statement(entity, {})).text()});
  pg::RowReader reader;
  while (const auto message = rows.read()) {
    const auto fields = reader.read(*message);
    if (fields.empty()) continue;
    CHECK(pg::read_int32(*fields[entity.key.size() + k_decision_offset]) == 0);
    writer.row(static_cast<int>(entity.columns.size()));
    for (const std::size_t field : entity.fields) {
      if (fields[field]) {
        writer.field(*fields[field]);
      } else {
        writer.null();
      }
    }
    const std::uint64_t hash = base::postgres_hash(make_record(entity, fields), 0);
    expected[std::to_string(pg::read_int32(*fields[0]))] =
        std::to_string(static_cast<std::int64_t>(hash));
  }
  writer.trailer();
  pg::CopyIn copy = live.target().copy_in({"take", copy_in_statement(entity)});
  copy.write(sent);
  CHECK(copy.finish() == 5);
  const auto stored =
      live.target().query({"read back", row_hash_statement(entity)}, {"{1,2,3,4,5}"});
  REQUIRE(stored.count() == 5);
  for (int row = 0; row < stored.count(); ++row) {
    CAPTURE(stored.text(row, 0));
    CHECK(stored.text(row, 1) == expected[std::string(stored.text(row, 0))]);
  }
}

TEST_CASE("what an entity refers to is part of its hash, and nothing else") {
  Live live(
      "version: 1\nname: test\nsource: {url: service=a}\ntarget: {url: service=b}\nentities:\n"
      "  things:\n    from: thing t\n    join:\n"
      "      k: {table: kind, on: k.id = t.kind_id, one: required}\n"
      "      o: {table: owner, on: o.id = t.owner_id and o.flag, one: optional}\n    to: things\n"
      "    key: t.id\n    exclude: {gone: t.gone}\n    refuse: {bad: t.bad}\n    columns:\n"
      "      name: k.name || t.name\n      state: {map: t.state, values: {a: b}, else: "
      "leave_empty}\n"
      "      part_of: {ref: {by: t.ref_kind, cases: {1: things, 2: ~}}, key: t.ref_id}\n"
      "      note: {sql: t.note, owner: target}\n      parts: (select count(*) from part p where "
      "p.thing_id = t.id)\n      metadata: {audit: row}\n      data: {json: t.data}\n",
      "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE kind (id int PRIMARY KEY, name text, "
      "other "
      "text); CREATE TABLE owner (id int, flag bool); CREATE TABLE part (thing_id int, size int); "
      "CREATE TABLE thing (id int PRIMARY KEY, kind_id int, owner_id int, gone bool, bad bool, "
      "name "
      "text, state mood, ref_kind int, ref_id int, note text, data text, unused text);"
      "INSERT INTO kind VALUES (1, 'k', 'o'), (2, 'l', 'p'); INSERT INTO owner VALUES (1, true); "
      "INSERT INTO part VALUES (1, 1); INSERT INTO thing VALUES (1, 1, 1, false, false, 'n', 'a', "
      "1, "
      "1, 'note', '{}', 'u')",
      "CREATE TABLE things (id uuid PRIMARY KEY, name text, state text, part_of uuid, note text, "
      "parts bigint, metadata jsonb, data jsonb)");
  const Entity entity = live.entity("things");
  const std::string statement = source_summary_statement(entity, {});
  tests::Database& database = live.source_database();
  const auto changes = [&](const std::string& update) {
    const auto before = database.rows(statement);
    database.run("BEGIN; " + update);
    const auto after = database.rows(statement);
    database.run("ROLLBACK");
    return before != after;
  };
  for (const std::string each :
       {"UPDATE thing SET kind_id = 2", "UPDATE thing SET owner_id = 2",
        "UPDATE owner SET flag = false", "UPDATE thing SET bad = true",
        "UPDATE thing SET bad = NULL", "UPDATE thing SET name = 'm'",
        "UPDATE thing SET name = NULL", "UPDATE thing SET state = 'b'",
        "UPDATE thing SET ref_kind = 2", "UPDATE thing SET ref_id = 2",
        "UPDATE kind SET name = 'm'", "DELETE FROM kind", "DELETE FROM owner",
        "INSERT INTO part VALUES (1, 2)", "UPDATE thing SET data = '[]'", "UPDATE thing SET id = 2",
        "UPDATE thing SET gone = true"}) {
    CAPTURE(each);
    CHECK(changes(each));
  }
  for (const std::string each : {"UPDATE thing SET unused = 'v'", "UPDATE thing SET note = 'm'",
                                 "UPDATE kind SET other = 'q'", "INSERT INTO part VALUES (2, 2)",
                                 "UPDATE part SET size = 2"}) {
    CAPTURE(each);
    CHECK_FALSE(changes(each));
  }
}

}  // namespace
}  // namespace rehome::plan
