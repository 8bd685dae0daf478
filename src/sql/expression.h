// What a piece of SQL refers to, learned offline from PostgreSQL's own parser (libpg_query).
//
// Promise: text that PostgreSQL's grammar refuses is refused here, with the position of the error
// inside the text. Names are not resolved: that needs a catalog. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"

namespace rehome::sql {

// `alias.column`, or a bare `column` (qualifier empty). Offset: byte offset in the expression's
// text.
struct ColumnReference {
  std::string qualifier;
  std::string column;
  std::size_t offset = 0;
  bool local = false;  // inside a subquery: the qualifier is an alias of that subquery itself
};

struct TableReference {
  std::string schema;  // empty when not written
  std::string name;
  std::size_t offset = 0;
};

struct FunctionReference {
  std::string schema;  // empty when not written
  std::string name;
  std::size_t offset = 0;
};

// A parenthesised SELECT, EXISTS(…) or ARRAY(SELECT …) inside an expression: `text` is valid SQL on
// its own as a scalar expression, e.g. `(select …)` or `exists (select …)`.
struct Subquery {
  std::string text;
  std::size_t offset = 0;
};

struct ParsedExpression {
  std::vector<ColumnReference> columns;  // outside subqueries, in order of appearance
  std::vector<ColumnReference>
      subquery_columns;                // inside subqueries: may be theirs or ours (correlated)
  std::vector<TableReference> tables;  // in FROM clauses of subqueries (CTE names left out)
  std::vector<FunctionReference> functions;
  std::vector<Subquery> subqueries;  // outermost ones only
  bool bare_name = false;            // nothing but one unqualified column name, e.g. USA
  bool bare_literal = false;         // nothing but a constant, e.g. false, 7, 'x', NULL
  bool clock_or_random = false;      // CURRENT_DATE, CURRENT_TIMESTAMP, LOCALTIME, CURRENT_USER …
};

// Parses one scalar expression written at `at`. Refused, each with file:line:column of the
// character: text that does not parse (E1301, message of the parser), more than one expression or
// statement, an alias or star, a window, a parameter, a statement that writes (E1302). Aggregates
// without FILTER, DISTINCT or * cannot be told from functions here. `offset` → Position advances
// over newlines in the text.
base::Result<ParsedExpression> parse_expression(std::string_view text, const base::Position& at);

// The position of the byte at `offset` of a text that starts at `at`. Columns count characters, not
// bytes.
base::Position advance(const base::Position& at, std::string_view text, std::size_t offset);

// Nothing when PostgreSQL's grammar takes `statement` as exactly one statement; else the parser's
// message.
std::optional<std::string> find_syntax_error(std::string_view statement);

}  // namespace rehome::sql
