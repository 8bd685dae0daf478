#include "sql/subquery_extent.h"

#include <algorithm>
#include <vector>

#include "sql/expression.h"
#include "sql/token.h"

namespace rehome::sql {

namespace {

std::size_t find_token(const std::vector<Token>& tokens, std::size_t offset) {
  const auto found = std::find_if(tokens.begin(), tokens.end(),
                                  [offset](const Token& token) { return token.begin >= offset; });
  return static_cast<std::size_t>(found - tokens.begin());
}

std::size_t find_open(const std::vector<Token>& tokens, std::size_t from) {
  while (from < tokens.size() && !tokens[from].is('(')) ++from;
  return from;
}

std::optional<std::string> slice(std::string_view text, const std::vector<Token>& tokens,
                                 std::size_t first, std::size_t from_open) {
  const std::size_t open = find_open(tokens, from_open);
  if (open >= tokens.size()) return std::nullopt;
  const std::size_t close = find_closing(tokens, open);
  if (close >= tokens.size()) return std::nullopt;
  return std::string(text.substr(tokens[first].begin, tokens[close].end - tokens[first].begin));
}

// Steps left over as many `(` as were closed but not opened between `first` and `last`.
std::size_t reopen(const std::vector<Token>& tokens, std::size_t first, std::size_t last) {
  int depth = 0;
  int lowest = 0;
  for (std::size_t i = first; i < last; ++i) {
    if (tokens[i].is('(')) ++depth;
    if (tokens[i].is(')')) --depth;
    lowest = std::min(lowest, depth);
  }
  while (lowest < 0 && first > 0 && tokens[first - 1].is('(')) {
    --first;
    ++lowest;
  }
  return first;
}

}  // namespace

std::optional<std::string> subquery_text(std::string_view text, std::size_t begin) {
  const auto tokens = scan_tokens(text);
  if (!tokens) return std::nullopt;
  std::size_t first = find_token(*tokens, begin);
  while (first < tokens->size() && (*tokens)[first].is_comment()) ++first;
  if (first >= tokens->size()) return std::nullopt;
  return slice(text, *tokens, first, first);
}

std::optional<std::string> comparison_text(std::string_view text, std::size_t begin,
                                           std::size_t operation) {
  const auto tokens = scan_tokens(text);
  if (!tokens) return std::nullopt;
  const std::size_t middle = find_token(*tokens, operation);
  const std::size_t first = reopen(*tokens, find_token(*tokens, begin), middle);
  if (middle >= tokens->size() || first >= middle) return std::nullopt;
  auto found = slice(text, *tokens, first, middle);
  if (!found || find_syntax_error("SELECT (" + *found + "\n)")) return std::nullopt;
  return found;
}

}  // namespace rehome::sql
