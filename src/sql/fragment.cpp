#include "sql/fragment.h"

#include <algorithm>

#include "sql/expression.h"

namespace rehome::sql {

Fragment::Fragment(std::string text, base::Position origin)
    : text_(std::move(text)), spans_{{0, text_.size(), std::move(origin)}} {}

Fragment& Fragment::operator+=(const Fragment& other) {
  const std::size_t shift = text_.size();
  const std::size_t count = other.spans_.size();  // `other` may be this very fragment
  for (std::size_t i = 0; i < count; ++i) {
    const Span span = other.spans_[i];
    spans_.push_back({span.begin + shift, span.end + shift, span.origin});
  }
  text_ += other.text_;
  return *this;
}

std::optional<base::Position> Fragment::locate(std::size_t offset) const {
  const auto after =
      std::upper_bound(spans_.begin(), spans_.end(), offset,
                       [](std::size_t wanted, const Span& span) { return wanted < span.begin; });
  if (after == spans_.begin()) return std::nullopt;
  const Span& span = *std::prev(after);
  if (offset >= span.end) return std::nullopt;
  const std::string_view written = std::string_view(text_).substr(span.begin);
  return advance(span.origin, written, offset - span.begin);
}

Fragment join(const std::vector<Fragment>& fragments, std::string_view separator) {
  Fragment joined;
  for (const Fragment& fragment : fragments) {
    if (&fragment != &fragments.front()) joined += Fragment(std::string(separator));
    joined += fragment;
  }
  return joined;
}

}  // namespace rehome::sql
