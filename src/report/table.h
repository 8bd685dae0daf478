// Columns of text: the first left, the others right, as wide as their widest cell.
#pragma once

#include <string>
#include <vector>

namespace rehome::report {

using TableRow = std::vector<std::string>;

// The first row is the heading.
std::string write_table(const std::vector<TableRow>& rows);

// `1,234,567`; a dash for zero.
std::string write_count(std::int64_t count);

}  // namespace rehome::report
