// The words of a piece of SQL, as PostgreSQL's own lexer cuts them.
//
// Promise: comments and string literals are single tokens, so a parenthesis found here is a real
// one. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace rehome::sql {

struct Token {
  std::size_t begin = 0;  // byte offsets
  std::size_t end = 0;
  int kind = 0;  // a single character stands for itself

  bool is(char character) const { return kind == static_cast<unsigned char>(character); }
  bool is_comment() const;
};

// Nothing when the lexer refuses the text (an unterminated string, say).
std::optional<std::vector<Token>> scan_tokens(std::string_view text);

// The index of the parenthesis that closes the one at `open`; tokens.size() when there is none.
std::size_t find_closing(const std::vector<Token>& tokens, std::size_t open);

}  // namespace rehome::sql
