#include "sql/parser.h"

#include <pg_query.h>

#include <memory>

namespace rehome::sql {

namespace {

struct FreeParse {
  void operator()(PgQueryParseResult* result) const { pg_query_free_parse_result(*result); }
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// PostgreSQL counts characters from 1.
std::size_t byte_offset(const std::string& text, int cursor) {
  std::size_t offset = 0;
  for (int left = cursor - 1; left > 0 && offset < text.size(); --left) {
    do {
      ++offset;
    } while (offset < text.size() && is_continuation(text[offset]));
  }
  return offset;
}

}  // namespace

ParseOutcome parse_statements(const std::string& text) {
  PgQueryParseResult result = pg_query_parse(text.c_str());
  const std::unique_ptr<PgQueryParseResult, FreeParse> owner(&result);
  ParseOutcome outcome;
  if (result.error != nullptr) {
    outcome.error = SyntaxError{result.error->message, byte_offset(text, result.error->cursorpos)};
  } else {
    outcome.tree = result.parse_tree;
  }
  return outcome;
}

}  // namespace rehome::sql
