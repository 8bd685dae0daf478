// Rows of a stream, copied: as many as are looked up in the target at once. Bounded by bytes.
//
// Threading: as the stream.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "move/stream.h"

namespace rehome::move {

class RowGroup {
 public:
  // The next rows instead of those there are, at most so many. False when the stream has ended.
  bool read(Stream& stream, std::size_t rows_max);

  std::size_t size() const { return ends_.size(); }
  // Until the next call.
  std::span<const pg::Field> row(std::size_t index);

 private:
  static constexpr std::size_t k_null = static_cast<std::size_t>(-1);

  std::string bytes_;
  std::vector<std::size_t> sizes_;  // of all fields, one after the other; k_null
  std::vector<std::size_t> ends_;   // of each row in bytes_
  std::vector<pg::Field> fields_;
};

}  // namespace rehome::move
