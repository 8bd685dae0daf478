// Where a subquery inside an expression begins and ends.
//
// Promise: pure; any thread. Only parse_tree.cpp uses it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rehome::sql {

// `(select …)`, `exists (select …)`, `array(select …)`: from the byte at `begin` to the parenthesis
// that closes it.
std::optional<std::string> subquery_text(std::string_view text, std::size_t begin);

// `x in (select …)`, `x = any (select …)`: `begin` is the first byte of x that the tree knows,
// `operation` the byte where IN or the operator stands. Parentheses around x are found again;
// nothing when that fails.
std::optional<std::string> comparison_text(std::string_view text, std::size_t begin,
                                           std::size_t operation);

}  // namespace rehome::sql
