// Finds the characters of a scalar's value again in the text of the file.
//
// Promise: exact for plain, quoted, literal (`|`) and folded (`>`) scalars, escapes and indentation
// included. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "mapping/text.h"

namespace rehome::mapping {

// Where each line of a file begins.
class LineIndex {
 public:
  explicit LineIndex(const base::SourceText& source);

  const base::SourceText& source() const { return source_; }
  // Of the byte at `offset`; columns count characters.
  base::Position position(std::size_t offset) const;

 private:
  const base::SourceText& source_;
  std::vector<std::size_t> starts_;
};

struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct ScalarPlace {
  base::Position position;  // of the value's first character
  std::vector<Anchor> anchors;
};

// `range` is what libfyaml calls the scalar's text, without its quotes.
ScalarPlace place_scalar(const LineIndex& lines, ByteRange range, std::string_view value,
                         bool escapes);

}  // namespace rehome::mapping
