// A scalar of the mapping file with its place in it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "sql/expression.h"
#include "sql/fragment.h"

namespace rehome::mapping {

struct Text {
  std::string value;
  base::Position position;
};

// From the byte at `offset` of a scalar's value on, the file's text runs as the value does,
// starting at `position`. A scalar that YAML changes (folded or indented lines, escapes) has
// several of them.
struct Anchor {
  std::size_t offset = 0;
  base::Position position;
};

// A scalar SQL expression over the driving row and its joins, parsed at load time.
struct Expression {
  Text text;
  sql::ParsedExpression parsed;
  std::vector<Anchor> anchors = {};  // ascending; empty when the file shows the value as it is

  // The text in parentheses, remembering where it was written.
  sql::Fragment fragment() const;
  // The place in the file of the byte at `offset` of the text.
  base::Position locate(std::size_t offset) const;
};

// The place in the file of the byte at `offset` of a scalar's value.
base::Position locate(const Text& text, const std::vector<Anchor>& anchors, std::size_t offset);

}  // namespace rehome::mapping
