#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "pg/binary.h"
#include "pg/connection.h"
#include "support/cluster.h"

namespace rehome::pg {
namespace {

using tests::Database;

// The Error that the server ends the COPY with.
Error refusal(CopyIn& in) {
  try {
    const std::int64_t taken = in.finish();
    FAIL("took ", taken, " rows");
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("unreachable");
}

// Rows with something nasty in every built-in type that a COPY can carry in binary.
constexpr const char* k_all_types = R"(
CREATE TABLE a (
  id int PRIMARY KEY, c_bool bool, c_int2 int2, c_int4 int4, c_int8 int8, c_float4 float4, c_float8 float8,
  c_numeric numeric, c_money money, c_text text, c_varchar varchar(40), c_char char(4), c_name name, c_qchar "char",
  c_bytea bytea, c_date date, c_time time, c_timetz timetz, c_timestamp timestamp, c_timestamptz timestamptz,
  c_interval interval, c_uuid uuid, c_json json, c_jsonb jsonb, c_xml xml, c_inet inet, c_cidr cidr, c_macaddr macaddr,
  c_macaddr8 macaddr8, c_bit bit(5), c_varbit varbit, c_point point, c_line line, c_lseg lseg, c_box box, c_path path,
  c_polygon polygon, c_circle circle, c_tsvector tsvector, c_tsquery tsquery, c_int4range int4range, c_numrange numrange,
  c_tstzrange tstzrange, c_daterange daterange, c_oid oid, c_lsn pg_lsn, c_regclass regclass, c_jsonpath jsonpath,
  c_text_array text[], c_int_array int[], c_uuid_array uuid[]);
INSERT INTO a VALUES
 (1, true, -32768, 2147483647, -9223372036854775808, 'NaN', '-Infinity', 'NaN', '-12.34', E'tab\there \\N "q" \U0001F986', 'é',
  'ab', 'n', 'x', '\x00ff5c4e', 'infinity', '24:00', '00:00+15:59', '4713-01-01 00:00:00 BC', '-infinity', '-1 mon 2 days -00:00:00.000001',
  'ffffffff-ffff-ffff-ffff-ffffffffffff', '{"a":1,"a":2}', '{"b": 1e20, "a": [null]}', '<a/>', '::1/64', '10.0.0.0/8', '08:00:2b:01:02:03',
  '08:00:2b:01:02:03:04:05', '10101', '', '(1,2)', '{1,2,3}', '[(1,2),(3,4)]', '(1,2),(3,4)', '[(1,2),(3,4)]', '((1,2),(3,4))',
  '<(1,2),3>', 'fat:1A cat', 'fat & !cat', '[1,)', 'empty', '(,infinity]', '[2000-01-01,2001-01-01)', 4294967295, '0/ABCDEF',
  'pg_class', '$.a[*]', '{"",NULL,"\"\\"}', '[0:1]={1,NULL}', '{}');
INSERT INTO a (id, c_text, c_numeric, c_float8) VALUES (2, '', '1e-300', '-0'), (3, NULL, NULL, NULL);
CREATE TABLE b (LIKE a INCLUDING ALL);
)";

TEST_CASE("every built-in type travels both ways unchanged, byte for byte") {
  Database database;
  database.run(k_all_types);
  Connection source(Side::source, database.url(), "t");
  Connection target(Side::target, database.url(), "t");

  std::string bytes;
  RowWriter writer(bytes);
  RowReader reader;
  CopyOut out =
      source.copy_out({"out", "COPY (SELECT * FROM a ORDER BY id) TO STDOUT (FORMAT binary)"});
  CopyIn in = target.copy_in({"in", "COPY b FROM STDIN (FORMAT binary)"});
  writer.header();
  int rows = 0;
  while (const auto message = out.read()) {
    const std::span<const Field> fields = reader.read(*message);
    if (reader.finished()) continue;
    ++rows;
    CHECK(fields.size() == 51);
    writer.row(static_cast<int>(fields.size()));
    for (const Field& field : fields) field ? writer.field(*field) : writer.null();
  }
  writer.trailer();
  in.write(bytes);
  CHECK(in.finish() == 3);
  CHECK(rows == 3);
  CHECK(reader.finished());
  CHECK(out.read() == std::nullopt);
  CHECK(database.value("SELECT count(*) FROM a JOIN b ON record_send(a) = record_send(b)") == "3");
}

TEST_CASE("the writer's own values mean what they say") {
  Database database;
  database.run("CREATE TABLE t (a int2, b int4, c int8, d bool, e jsonb, f text)");
  Connection target(Side::target, database.url(), "t");
  std::string bytes;
  RowWriter writer(bytes);
  writer.header();
  writer.row(6);
  writer.int16(-2);
  writer.int32(-3);
  writer.int64(-4);
  writer.boolean(true);
  writer.jsonb("{\"a\":null}");
  writer.null();
  writer.trailer();
  CopyIn in = target.copy_in({"in", "COPY t FROM STDIN (FORMAT binary)"});
  in.write(bytes);
  CHECK(in.finish() == 1);
  CHECK(database.rows("SELECT * FROM t") ==
        std::vector<std::vector<std::string>>{{"-2", "-3", "-4", "t", "{\"a\": null}", "NULL"}});
}

TEST_CASE("rows without columns are told from the end") {
  Database database;
  database.run("CREATE TABLE t (); INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES");
  Connection source(Side::source, database.url(), "t");
  CopyOut out = source.copy_out({"out", "COPY (SELECT * FROM t) TO STDOUT (FORMAT binary)"});
  RowReader reader;
  int rows = 0;
  while (const auto message = out.read()) {
    CHECK(reader.read(*message).empty());
    if (!reader.finished()) ++rows;
  }
  CHECK(rows == 2);
}

TEST_CASE("an empty result has a header and an end") {
  Database database;
  Connection source(Side::source, database.url(), "t");
  CopyOut out = source.copy_out({"out", "COPY (SELECT 1 WHERE false) TO STDOUT (FORMAT binary)"});
  RowReader reader;
  const auto message = out.read();
  REQUIRE(message);
  CHECK(reader.read(*message).empty());
  CHECK(reader.finished());
  CHECK_FALSE(out.read());
}

TEST_CASE("a refused row is named by its line, and the session lives on") {
  Database database;
  database.run("CREATE TABLE t (\"id, line 7\" int PRIMARY KEY)");
  Connection target(Side::target, database.url(), "t");
  std::string bytes;
  RowWriter writer(bytes);
  writer.header();
  for (const int id : {1, 2, 1, 3}) {
    writer.row(1);
    writer.int32(id);
  }
  writer.trailer();
  CopyIn in = target.copy_in({"load t", "COPY t FROM STDIN (FORMAT binary)"});
  in.write(bytes);
  const Error error = refusal(in);
  CHECK(error.sqlstate() == "23505");
  CHECK(error.statement() == "load t");
  CHECK(error.copy_line() == 3);
  CHECK(target.query({"after", "SELECT count(*) FROM t"}, {}).integer(0, 0) == 0);
}

TEST_CASE(
    "a large COPY that the server refused at its first row neither hangs nor loses the reason") {
  Database database;
  database.run("CREATE TABLE t (id int, x text, CHECK (id > 0))");
  Connection target(Side::target, database.url(), "t");
  CopyIn in = target.copy_in({"in", "COPY t FROM STDIN (FORMAT binary)"});
  std::string bytes;
  RowWriter writer(bytes);
  writer.header();
  in.write(bytes);
  const std::string filling(1000, 'x');
  for (int id = 0; id < 50000; ++id) {
    bytes.clear();
    writer.row(2);
    writer.int32(id);
    writer.field(filling);
    in.write(bytes);
  }
  bytes.clear();
  writer.trailer();
  in.write(bytes);
  const Error error = refusal(in);
  CHECK(error.sqlstate() == "23514");
  CHECK(error.copy_line() == 1);
}

TEST_CASE("an abandoned COPY into a table leaves nothing and a usable session") {
  Database database;
  database.run("CREATE TABLE t (id int)");
  Connection target(Side::target, database.url(), "t");
  {
    CopyIn in = target.copy_in({"in", "COPY t FROM STDIN (FORMAT binary)"});
    std::string bytes;
    RowWriter writer(bytes);
    writer.header();
    writer.row(1);
    writer.int32(1);
    in.write(bytes);
    const CopyIn moved = std::move(in);
  }
  CHECK(target.query({"after", "SELECT count(*) FROM t"}, {}).integer(0, 0) == 0);
}

TEST_CASE("an abandoned COPY out of a server stops it at once") {
  Database database;
  Connection source(Side::source, database.url(), "t");
  const auto start = std::chrono::steady_clock::now();
  {
    CopyOut out = source.copy_out(
        {"out", "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000000)) TO STDOUT"});
    CHECK(out.read());
    CopyOut moved = std::move(out);
    CHECK(moved.read());
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
  CHECK(source.query({"after", "SELECT 7"}, {}).integer(0, 0) == 7);
}

TEST_CASE("an error in the middle of a COPY out is thrown after the rows before it") {
  Database database;
  Connection source(Side::source, database.url(), "t");
  CopyOut out =
      source.copy_out({"out", "COPY (SELECT 10 / (3 - n) FROM generate_series(1, 5) n) TO STDOUT"});
  CHECK(out.read() == "5\n");
  CHECK(out.read() == "10\n");
  CHECK_THROWS_AS(out.read(), Error);
  CHECK(out.read() == std::nullopt);
  CHECK(source.query({"after", "SELECT 7"}, {}).integer(0, 0) == 7);
}

TEST_CASE("a session that dies in the middle of a COPY is an error, both ways") {
  Database database;
  database.run("CREATE TABLE t (x text)");
  Connection target(Side::target, database.url(), "t");
  Connection source(Side::source, database.url(), "t");
  CopyIn in = target.copy_in({"in", "COPY t FROM STDIN"});
  CopyOut out = source.copy_out(
      {"out", "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000000)) TO STDOUT"});
  for (const int pid : {target.backend_pid(), source.backend_pid()}) {
    database.run("SELECT pg_terminate_backend(" + std::to_string(pid) + ")");
  }
  const auto write_all = [&in] {
    for (int line = 0; line < 100000; ++line) in.write("some row\n");
    return in.finish();
  };
  CHECK_THROWS_AS(write_all(), Error);
  const auto read_all = [&out] {
    while (out.read()) {
    }
  };
  CHECK_THROWS_AS(read_all(), Error);
  CHECK_FALSE(target.is_alive());
  CHECK_FALSE(source.is_alive());
}

}  // namespace
}  // namespace rehome::pg
