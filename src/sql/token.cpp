#include "sql/token.h"

#include <pg_query.h>

#include <cstdint>
#include <memory>
#include <string>

namespace rehome::sql {

namespace {

constexpr int k_line_comment = 275;  // SQL_COMMENT and C_COMMENT of pg_query.proto
constexpr int k_block_comment = 276;

// libpg_query hands tokens over as protocol buffers. Three field numbers and one wire type are all
// that is used of them, so they are read here instead of by a library.
class MessageReader {
 public:
  explicit MessageReader(std::string_view bytes) : rest_(bytes) {}

  // Moves to the next field; false at the end.
  bool next() {
    if (rest_.empty()) return false;
    const std::uint64_t tag = read_varint();
    field_ = static_cast<int>(tag >> 3);
    bytes_ = {};
    number_ = read_varint();
    if ((tag & 7) == k_length_delimited) {
      bytes_ = rest_.substr(0, number_);
      rest_.remove_prefix(bytes_.size());
    }
    return true;
  }
  int field() const { return field_; }
  std::uint64_t number() const { return number_; }
  std::string_view bytes() const { return bytes_; }

 private:
  static constexpr std::uint64_t k_length_delimited = 2;

  std::uint64_t read_varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; !rest_.empty() && shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) break;
    }
    return value;
  }

  std::string_view rest_;
  int field_ = 0;
  std::uint64_t number_ = 0;
  std::string_view bytes_;
};

Token read_token(std::string_view message) {
  constexpr int k_start = 1;
  constexpr int k_end = 2;
  constexpr int k_token = 4;
  Token token;
  for (MessageReader reader(message); reader.next();) {
    if (reader.field() == k_start) token.begin = reader.number();
    if (reader.field() == k_end) token.end = reader.number();
    if (reader.field() == k_token) token.kind = static_cast<int>(reader.number());
  }
  return token;
}

struct FreeScan {
  void operator()(PgQueryScanResult* result) const { pg_query_free_scan_result(*result); }
};

}  // namespace

bool Token::is_comment() const { return kind == k_line_comment || kind == k_block_comment; }

std::optional<std::vector<Token>> scan_tokens(std::string_view text) {
  constexpr int k_tokens = 2;
  const std::string terminated(text);
  PgQueryScanResult result = pg_query_scan(terminated.c_str());
  const std::unique_ptr<PgQueryScanResult, FreeScan> owner(&result);
  if (result.error != nullptr) return std::nullopt;

  std::vector<Token> tokens;
  for (MessageReader reader({result.pbuf.data, result.pbuf.len}); reader.next();) {
    if (reader.field() == k_tokens) tokens.push_back(read_token(reader.bytes()));
  }
  return tokens;
}

std::size_t find_closing(const std::vector<Token>& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].is('(')) ++depth;
    if (tokens[i].is(')') && --depth == 0) return i;
  }
  return tokens.size();
}

}  // namespace rehome::sql
