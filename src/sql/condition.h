// What a join condition compares: enough to prove that it finds one row, or to see that it filters.
#pragma once

#include <string_view>
#include <vector>

#include "sql/expression.h"

namespace rehome::sql {

// One of the terms that AND joins.
struct Term {
  std::vector<ColumnReference> columns;  // all it refers to
  // `column = expression`, either way round: every side that is one bare column.
  std::vector<ColumnReference> equal_columns;
  std::size_t offset = 0;  // of its first column in the text
};

// The terms of a condition; one term when it is no AND. `condition` must have been parsed before.
std::vector<Term> parse_terms(std::string_view condition);

}  // namespace rehome::sql
