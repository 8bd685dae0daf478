// A scalar of the mapping file with its place in it.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "sql/expression.h"
#include "sql/fragment.h"

namespace rehome::mapping {

struct Text {
  std::string value;
  base::Position position;
};

// A scalar SQL expression over the driving row and its joins, parsed at load time.
struct Expression {
  Text text;
  sql::ParsedExpression parsed;

  // The text in parentheses, remembering where it was written.
  sql::Fragment fragment() const {
    return sql::Fragment("(") + sql::Fragment(text.value, text.position) + sql::Fragment(")");
  }
};

}  // namespace rehome::mapping
