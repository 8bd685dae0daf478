#include "pg/binary.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <stdexcept>

namespace rc {

// A text, or now and then none.
template <>
struct Arbitrary<std::optional<std::string>> {
  static Gen<std::optional<std::string>> arbitrary() {
    return gen::map(gen::pair(gen::arbitrary<bool>(), gen::arbitrary<std::string>()),
                    [](const std::pair<bool, std::string>& pair) {
                      return pair.first ? std::optional(pair.second) : std::nullopt;
                    });
  }
};

}  // namespace rc

namespace rehome::pg {
namespace {

using Value = std::optional<std::string>;
using Values = std::vector<Value>;

// As a server sends them: one message per row, the header before the first, the trailer at the end.
std::vector<std::string> write_messages(const std::vector<Values>& rows) {
  std::vector<std::string> messages(1);
  RowWriter(messages.back()).header();
  for (const Values& row : rows) {
    RowWriter writer(messages.back());
    writer.row(static_cast<int>(row.size()));
    for (const Value& value : row) value ? writer.field(*value) : writer.null();
    messages.emplace_back();
  }
  RowWriter(messages.back()).trailer();
  return messages;
}

std::vector<Values> read_messages(const std::vector<std::string>& messages) {
  std::vector<Values> rows;
  RowReader reader;
  for (const std::string& message : messages) {
    const std::span<const Field> fields = reader.read(message);
    if (reader.finished()) break;
    rows.emplace_back();
    for (const Field& field : fields) {
      rows.back().push_back(field ? Value(std::string(*field)) : std::nullopt);
    }
  }
  return rows;
}

std::string header() {
  std::string bytes;
  RowWriter(bytes).header();
  return bytes;
}

std::string failure_of(const std::string& message) {
  RowReader reader;
  try {
    reader.read(message);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

const std::string k_prefix = "malformed binary COPY stream: ";

TEST_CASE("the writer's bytes are those of PostgreSQL's manual") {
  std::string bytes;
  RowWriter writer(bytes);
  writer.header();
  CHECK(bytes == std::string("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19));
  bytes.clear();
  writer.row(7);
  writer.int16(-2);
  writer.int32(0x01020304);
  writer.int64(-1);
  writer.boolean(false);
  writer.jsonb("{}");
  writer.field("");
  writer.null();
  writer.trailer();
  CHECK(bytes == std::string("\0\7"
                             "\0\0\0\2\xff\xfe"
                             "\0\0\0\4\1\2\3\4"
                             "\0\0\0\x8\xff\xff\xff\xff\xff\xff\xff\xff"
                             "\0\0\0\1\0"
                             "\0\0\0\3\1{}"
                             "\0\0\0\0"
                             "\xff\xff\xff\xff"
                             "\xff\xff",
                             2 + 6 + 8 + 12 + 5 + 7 + 4 + 4 + 2));
}

TEST_CASE("rows come back as they were written") {
  CHECK(rc::check("round trip", [](const std::vector<Values>& rows) {
    RC_ASSERT(read_messages(write_messages(rows)) == rows);
  }));
}

TEST_CASE("integers come back as they were written") {
  CHECK(rc::check("round trip", [](std::int16_t small, std::int32_t middle, std::int64_t large) {
    std::string bytes = header();
    RowWriter writer(bytes);
    writer.row(3);
    writer.int16(small);
    writer.int32(middle);
    writer.int64(large);
    RowReader reader;
    const std::span<const Field> fields = reader.read(bytes);
    RC_ASSERT(read_int16(*fields[0]) == small);
    RC_ASSERT(read_int32(*fields[1]) == middle);
    RC_ASSERT(read_int64(*fields[2]) == large);
  }));
}

TEST_CASE("a row that ends early is refused wherever it ends") {
  const std::string whole = write_messages({{"abc", std::nullopt, ""}}).front();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    CHECK(failure_of(whole.substr(0, length)) == k_prefix + "a message ends early");
  }
  CHECK(failure_of(whole).empty());
  CHECK(failure_of(whole + "x") == k_prefix + "bytes after the last field");
}

TEST_CASE("what cannot be is refused") {
  CHECK(failure_of("PGCOPY\n\377\r\n1xxxxxxxx") == k_prefix + "no signature");
  std::string with_oids = header();
  with_oids[12] = 1;
  CHECK(failure_of(with_oids) == k_prefix + "unknown flags");
  CHECK(failure_of(header() + "\xff\xfe") == k_prefix + "a negative number of fields");
  CHECK(failure_of(header() + std::string("\0\1\xff\xff\xff\xfe", 6)) ==
        k_prefix + "a negative length");
  CHECK(failure_of(header() + std::string("\0\1\x7f\xff\xff\xff", 6)) ==
        k_prefix + "a message ends early");
  std::string endless_extension = header();
  endless_extension[15] = '\xff';
  CHECK(failure_of(endless_extension) == k_prefix + "a message ends early");
  CHECK_THROWS_AS(read_int32("123"), std::runtime_error);
  CHECK_THROWS_AS(read_int64(""), std::runtime_error);
}

TEST_CASE("nothing follows the trailer") {
  RowReader reader;
  CHECK(reader.read(header() + "\xff\xff").empty());
  CHECK(reader.finished());
  CHECK_THROWS_AS(reader.read("\xff\xff"), std::runtime_error);
}

TEST_CASE("an extension of the header is skipped") {
  std::string bytes = header();
  bytes[18] = 3;
  RowReader reader;
  CHECK(reader.read(bytes + "ext" + std::string("\0\1\0\0\0\1x", 7)).front() == "x");
}

TEST_CASE("no bytes whatever make the reader misbehave") {
  CHECK(rc::check("noise", [](const std::vector<std::string>& messages) {
    RowReader reader;
    try {
      reader.read(header() + (messages.empty() ? "" : messages.front()));
      for (const std::string& message : messages) reader.read(message);
    } catch (const std::runtime_error& error) {
      RC_ASSERT(std::string(error.what()).rfind(k_prefix, 0) == 0);
    }
  }));
}

}  // namespace
}  // namespace rehome::pg
