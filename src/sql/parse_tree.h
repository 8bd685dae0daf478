// Reads what an expression refers to out of libpg_query's tree.
//
// Promise: pure; any thread. Only expression.cpp uses it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sql/expression.h"

namespace rehome::sql {

struct TreeProblem {
  std::string message;
  std::string hint;
  std::size_t offset = 0;
};

struct TreeReading {
  ParsedExpression parsed;
  std::optional<TreeProblem> problem;  // the first one met
};

// `tree` is the JSON of a SELECT whose one target starts `prefix` bytes into the statement; `text`
// is the expression alone. Offsets in the result are offsets in `text`.
TreeReading read_tree(const std::string& tree, std::string_view text, std::size_t prefix);

}  // namespace rehome::sql
