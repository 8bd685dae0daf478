#include "move/row_group.h"

#include <algorithm>

namespace rehome::move {

namespace {

constexpr std::size_t k_rows_max = 4096;
constexpr std::size_t k_bytes_max = 1024 * 1024;

}  // namespace

bool RowGroup::read(Stream& stream, std::size_t rows_max) {
  bytes_.clear();
  sizes_.clear();
  ends_.clear();
  const std::size_t most = std::min(rows_max, k_rows_max);
  while (ends_.size() < most && bytes_.size() < k_bytes_max && stream.has_row()) {
    for (const pg::Field& each : stream.row()) {
      sizes_.push_back(each ? each->size() : k_null);
      if (each) bytes_ += *each;
    }
    ends_.push_back(bytes_.size());
    stream.advance();
  }
  return !ends_.empty();
}

std::span<const pg::Field> RowGroup::row(std::size_t index) {
  const std::size_t columns = sizes_.size() / ends_.size();
  std::size_t offset = index == 0 ? 0 : ends_[index - 1];
  fields_.clear();
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t size = sizes_[index * columns + column];
    if (size == k_null) {
      fields_.emplace_back();
      continue;
    }
    fields_.emplace_back(std::string_view(bytes_).substr(offset, size));
    offset += size;
  }
  return fields_;
}

}  // namespace rehome::move
