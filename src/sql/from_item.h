// One table of a FROM clause, with its alias: `dispatch_order "order"`.
//
// Promise: read by PostgreSQL's own grammar, so quoting and case folding are PostgreSQL's. Pure;
// any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/result.h"

namespace rehome::sql {

struct FromItem {
  std::string schema;  // empty when not written
  std::string table;
  std::string alias;  // the table's name when not written
};

// Anything but one table with at most an alias is refused (E1303).
base::Result<FromItem> parse_from_item(std::string_view text, const base::Position& at);

}  // namespace rehome::sql
