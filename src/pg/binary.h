// PostgreSQL's binary COPY format: signature, rows of length-prefixed fields, trailer.
//
// Promise: RowReader never reads outside the bytes it is given; a malformed stream ends in
// std::runtime_error "malformed binary COPY stream: …". Values; each object belongs to one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rehome::pg {

// One field: bytes, or NULL.
using Field = std::optional<std::string_view>;

// Turns CopyData messages (each a whole row, the first preceded by the header) into fields.
class RowReader {
 public:
  // The fields of the row in `message`; an empty span for the trailer. Valid as long as `message`.
  std::span<const Field> read(std::string_view message);
  // True once the trailer was read; tells it from a row without columns.
  bool finished() const { return finished_; }

 private:
  bool header_seen_ = false;
  bool finished_ = false;
  std::vector<Field> fields_;
};

// Appends rows in the binary form to a string.
class RowWriter {
 public:
  explicit RowWriter(std::string& out) : out_(out) {}
  void header();
  void row(int columns);  // starts a row
  void field(std::string_view bytes);
  void null();
  void int16(std::int16_t value);
  void int32(std::int32_t value);
  void int64(std::int64_t value);
  void boolean(bool value);
  void jsonb(std::string_view text);  // version byte and text
  void trailer();

 private:
  std::string& out_;
};

// A number without a length before it.
void append_int16(std::string& out, std::int16_t value);
void append_int32(std::string& out, std::int32_t value);
void append_int64(std::string& out, std::int64_t value);

// An array of one dimension in its binary form. `element`: the type's object identifier.
void append_array(std::string& out, std::uint32_t element, std::span<const Field> values);

bool read_boolean(std::string_view bytes);
std::int16_t read_int16(std::string_view bytes);
std::int32_t read_int32(std::string_view bytes);
std::int64_t read_int64(std::string_view bytes);

}  // namespace rehome::pg
