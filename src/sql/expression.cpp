#include "sql/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "sql/parse_tree.h"
#include "sql/parser.h"
#include "sql/token.h"

namespace rehome::sql {

namespace {

constexpr std::string_view k_prefix = "SELECT (";
constexpr std::string_view k_suffix = "\n)";  // on its own line: the text may end in a comment
constexpr std::size_t k_max_tokens =
    8000;  // bounds the depth of the tree, hence of every recursion over it
constexpr int k_max_parentheses = 200;
constexpr int k_max_tree_depth = 2000;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

struct Place {
  std::string_view text;
  const base::Position& at;
};

base::Diagnostics refuse(const Place& place, std::string code, std::size_t offset,
                         std::size_t length, std::string message, std::string hint) {
  base::Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.position = advance(place.at, place.text, offset);
  diagnostic.length = static_cast<int>(std::max<std::size_t>(length, 1));
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  return {std::move(diagnostic)};
}

std::size_t end_of_words(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? 0 : last + 1;
}

std::string lower_word_at(std::string_view text, std::size_t offset) {
  std::string word;
  for (; offset < text.size() && std::isalpha(static_cast<unsigned char>(text[offset])) != 0;
       ++offset) {
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[offset])));
  }
  return word;
}

// What makes the lexer's words no single expression, whatever the grammar would say of them.
std::optional<base::Diagnostics> check_tokens(const Place& place,
                                              const std::vector<Token>& tokens) {
  int depth = 0;
  if (tokens.size() > k_max_tokens) {
    return refuse(place, "E1302", 0, 1,
                  fmt::format("the expression has more than {} words", k_max_tokens),
                  "use a table or a `map` instead");
  }
  for (const Token& token : tokens) {
    if (token.is(';')) {
      return refuse(place, "E1302", token.begin, 1,
                    "a semicolon ends a statement; one expression is wanted", "leave it out");
    }
    if (token.is('(') && ++depth > k_max_parentheses) {
      return refuse(place, "E1302", token.begin, 1, "parentheses are nested too deeply", "");
    }
    if (token.is(')') && --depth < 0) {
      return refuse(place, "E1301", token.begin, 1, "syntax error at or near \")\"",
                    "this parenthesis closes nothing");
    }
  }
  return std::nullopt;
}

// The parser quotes what it tripped over; for something that never ends that is our own closing
// line as well.
std::string without_rest(const std::string& message) {
  if (message.rfind("unterminated", 0) != 0) return message;
  return message.substr(0, message.find(" at or near"));
}

base::Diagnostics explain(const Place& place, const SyntaxError& error) {
  const std::size_t end = end_of_words(place.text);
  if (error.offset < k_prefix.size() + end) {
    const std::size_t offset = error.offset - std::min(error.offset, k_prefix.size());
    const std::string word = lower_word_at(place.text, offset);
    if (word == "as") {
      return refuse(place, "E1302", offset, word.size(), "an expression has no alias",
                    "leave out AS …: the column's name is the key on the left");
    }
    return refuse(place, "E1301", offset, std::max<std::size_t>(word.size(), 1),
                  without_rest(error.message), "");
  }
  return refuse(place, "E1301", end, 1, "syntax error at the end of the expression",
                "something is missing after what is written here");
}

bool is_too_deep(const std::string& tree) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const char c = tree[i];
    if (in_string && c == '\\') ++i;
    if (c == '"') in_string = !in_string;
    if (in_string) continue;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > k_max_tree_depth) return true;
  }
  return false;
}

}  // namespace

base::Result<ParsedExpression> parse_expression(std::string_view text, const base::Position& at) {
  const Place place{text, at};
  if (end_of_words(text) == 0) {
    return tl::unexpected(refuse(place, "E1301", 0, 1, "the expression is empty",
                                 "write an SQL expression, or leave the key out"));
  }
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return tl::unexpected(
        refuse(place, "E1301", nul, 1, "a NUL character cannot be part of SQL", ""));
  }
  if (const auto tokens = scan_tokens(text)) {
    if (auto wrong = check_tokens(place, *tokens)) return tl::unexpected(std::move(*wrong));
  }
  std::string statement(k_prefix);
  statement.append(text).append(k_suffix);
  const ParseOutcome outcome = parse_statements(statement);
  if (outcome.error) return tl::unexpected(explain(place, *outcome.error));
  if (is_too_deep(outcome.tree)) {
    return tl::unexpected(refuse(place, "E1302", 0, 1, "the expression is nested too deeply", ""));
  }
  TreeReading reading = read_tree(outcome.tree, text, k_prefix.size());
  if (reading.problem) {
    return tl::unexpected(refuse(place, "E1302", reading.problem->offset, 1,
                                 reading.problem->message, reading.problem->hint));
  }
  return std::move(reading.parsed);
}

base::Position advance(const base::Position& at, std::string_view text, std::size_t offset) {
  base::Position position = at;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++position.line;
      position.column = 1;
    } else if (!is_continuation(text[i])) {
      ++position.column;
    }
  }
  return position;
}

std::optional<std::string> find_syntax_error(std::string_view statement) {
  const std::string text(statement);
  if (text.find('\0') != std::string::npos) return "a NUL character cannot be part of SQL";
  ParseOutcome outcome = parse_statements(text);
  if (outcome.error) return outcome.error->message;
  constexpr std::string_view k_statement = "{\"stmt\":";
  const auto first = outcome.tree.find(k_statement);
  if (first == std::string::npos) return "no statement";
  if (outcome.tree.find(k_statement, first + 1) != std::string::npos)
    return "more than one statement";
  return std::nullopt;
}

}  // namespace rehome::sql
