#include "pg/binary.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include "base/ensure.h"

namespace rehome::pg {

namespace {

constexpr std::string_view k_signature("PGCOPY\n\377\r\n\0", 11);
constexpr std::size_t k_header_bytes = k_signature.size() + 4 + 4;
constexpr std::uint32_t k_critical_flags = 0xFFFF0000U;
constexpr std::int16_t k_trailer = -1;
constexpr std::int32_t k_null = -1;

[[noreturn]] void fail_malformed(std::string_view why) {
  throw std::runtime_error("malformed binary COPY stream: " + std::string(why));
}

std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
  return value;
}

template <std::size_t Bytes>
void append_big_endian(std::string& out, std::uint64_t value) {
  std::array<char, Bytes> bytes;
  for (std::size_t index = Bytes; index > 0; --index, value >>= 8U) {
    bytes[index - 1] = static_cast<char>(value & 0xFFU);
  }
  out.append(bytes.data(), Bytes);
}

std::string_view take(std::string_view& rest, std::size_t bytes) {
  if (rest.size() < bytes) fail_malformed("a message ends early");
  const std::string_view taken = rest.substr(0, bytes);
  rest.remove_prefix(bytes);
  return taken;
}

void take_header(std::string_view& rest) {
  if (take(rest, k_signature.size()) != k_signature) fail_malformed("no signature");
  const auto flags = static_cast<std::uint32_t>(read_big_endian(take(rest, 4)));
  if ((flags & k_critical_flags) != 0) fail_malformed("unknown flags");
  take(rest, static_cast<std::uint32_t>(read_big_endian(take(rest, 4))));
}

void check_width(std::string_view bytes, std::size_t width) {
  if (bytes.size() != width) fail_malformed("a number of unexpected width");
}

}  // namespace

std::span<const Field> RowReader::read(std::string_view message) {
  if (finished_) fail_malformed("data after the trailer");
  std::string_view rest = message;
  if (!header_seen_) {
    take_header(rest);
    header_seen_ = true;
  }
  fields_.clear();
  const std::int16_t count = read_int16(take(rest, 2));
  if (count == k_trailer) {
    finished_ = true;
  } else if (count < 0) {
    fail_malformed("a negative number of fields");
  }
  for (int column = 0; column < count; ++column) {
    const std::int32_t length = read_int32(take(rest, 4));
    if (length < k_null) fail_malformed("a negative length");
    if (length == k_null) {
      fields_.emplace_back(std::nullopt);
    } else {
      fields_.emplace_back(take(rest, static_cast<std::size_t>(length)));
    }
  }
  if (!rest.empty()) fail_malformed("bytes after the last field");
  return fields_;
}

void RowWriter::header() {
  out_ += k_signature;
  out_.append(k_header_bytes - k_signature.size(), '\0');  // no flags, no extension
}

void RowWriter::row(int columns) {
  base::ensure(columns >= 0 && columns <= std::numeric_limits<std::int16_t>::max(),
               "a row has up to 32767 columns");
  append_big_endian<2>(out_, static_cast<std::uint64_t>(columns));
}

void RowWriter::field(std::string_view bytes) {
  base::ensure(bytes.size() <= std::numeric_limits<std::int32_t>::max(), "a field is below 2 GiB");
  append_big_endian<4>(out_, bytes.size());
  out_ += bytes;
}

void RowWriter::null() { append_big_endian<4>(out_, static_cast<std::uint32_t>(k_null)); }

void RowWriter::int16(std::int16_t value) {
  append_big_endian<4>(out_, 2);
  append_big_endian<2>(out_, static_cast<std::uint16_t>(value));
}

void RowWriter::int32(std::int32_t value) {
  append_big_endian<4>(out_, 4);
  append_big_endian<4>(out_, static_cast<std::uint32_t>(value));
}

void RowWriter::int64(std::int64_t value) {
  append_big_endian<4>(out_, 8);
  append_big_endian<8>(out_, static_cast<std::uint64_t>(value));
}

void RowWriter::boolean(bool value) {
  append_big_endian<4>(out_, 1);
  out_ += static_cast<char>(value ? 1 : 0);
}

void RowWriter::jsonb(std::string_view text) {
  constexpr char k_version = 1;
  base::ensure(text.size() < std::numeric_limits<std::int32_t>::max(), "a field is below 2 GiB");
  append_big_endian<4>(out_, text.size() + 1);
  out_ += k_version;
  out_ += text;
}

void RowWriter::trailer() { append_big_endian<2>(out_, static_cast<std::uint16_t>(k_trailer)); }

void append_int16(std::string& out, std::int16_t value) {
  append_big_endian<2>(out, static_cast<std::uint16_t>(value));
}

void append_int32(std::string& out, std::int32_t value) {
  append_big_endian<4>(out, static_cast<std::uint32_t>(value));
}

void append_int64(std::string& out, std::int64_t value) {
  append_big_endian<8>(out, static_cast<std::uint64_t>(value));
}

void append_array(std::string& out, std::uint32_t element, std::span<const Field> values) {
  base::ensure(values.size() <= std::numeric_limits<std::int32_t>::max(),
               "an array has fewer than 2^31 elements");
  constexpr std::int32_t k_dimensions = 1;
  constexpr std::int32_t k_first_index = 1;
  const bool any_null =
      std::any_of(values.begin(), values.end(), [](const Field& each) { return !each; });
  append_int32(out, k_dimensions);
  append_int32(out, any_null ? 1 : 0);
  append_int32(out, static_cast<std::int32_t>(element));
  append_int32(out, static_cast<std::int32_t>(values.size()));
  append_int32(out, k_first_index);
  RowWriter writer(out);
  for (const Field& each : values) {
    if (each) {
      writer.field(*each);
    } else {
      writer.null();
    }
  }
}

bool read_boolean(std::string_view bytes) {
  check_width(bytes, 1);
  return bytes[0] != 0;
}

std::int16_t read_int16(std::string_view bytes) {
  check_width(bytes, 2);
  return static_cast<std::int16_t>(read_big_endian(bytes));
}

std::int32_t read_int32(std::string_view bytes) {
  check_width(bytes, 4);
  return static_cast<std::int32_t>(read_big_endian(bytes));
}

std::int64_t read_int64(std::string_view bytes) {
  check_width(bytes, 8);
  return static_cast<std::int64_t>(read_big_endian(bytes));
}

}  // namespace rehome::pg
