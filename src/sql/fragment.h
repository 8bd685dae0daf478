// SQL text that remembers which line of the mapping each part came from.
//
// A server reports an error at a character of the statement; `locate` turns that into the place in
// the mapping the user wrote. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace rehome::sql {

class Fragment {
 public:
  Fragment() = default;
  // Text of our own, with no place in the mapping.
  Fragment(std::string text) : text_(std::move(text)) {}  // NOLINT(google-explicit-constructor)
  Fragment(const char* text) : text_(text) {}             // NOLINT(google-explicit-constructor)
  // Text the user wrote, at `origin` (the position of its first character).
  Fragment(std::string text, base::Position origin);

  Fragment& operator+=(const Fragment& other);
  friend Fragment operator+(Fragment left, const Fragment& right) { return left += right; }

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

  // The place in the mapping of the character at `offset` (0-based bytes), when the user wrote it.
  std::optional<base::Position> locate(std::size_t offset) const;

 private:
  struct Span {
    std::size_t begin;
    std::size_t end;
    base::Position origin;
  };

  std::string text_;
  std::vector<Span> spans_;  // ascending, not overlapping
};

// The fragments, joined by `separator`.
Fragment join(const std::vector<Fragment>& fragments, std::string_view separator);

}  // namespace rehome::sql
