// Names and literals as SQL text: the only place that quotes.
//
// Promise: whatever the input, the result is one token of PostgreSQL's lexer. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rehome::sql {

// `name` quoted when it must be (upper case, odd characters, reserved or type-name keyword).
std::string quote_identifier(std::string_view name);

// `'text'`, with E'' when it holds a backslash.
std::string quote_literal(std::string_view text);

struct QualifiedName {
  std::string schema;
  std::string name;

  bool operator==(const QualifiedName&) const = default;
  bool operator<(const QualifiedName& other) const {
    return schema != other.schema ? schema < other.schema : name < other.name;
  }
  // `schema.name`, quoted as needed.
  std::string text() const;
};

// `alias.column`, quoted as needed.
std::string qualified_column(std::string_view alias, std::string_view column);

// The pieces, joined by `separator`.
std::string join(const std::vector<std::string>& pieces, std::string_view separator);

}  // namespace rehome::sql
