#include "mapping/text.h"

#include <algorithm>

namespace rehome::mapping {

base::Position locate(const Text& text, const std::vector<Anchor>& anchors, std::size_t offset) {
  const auto after = std::upper_bound(
      anchors.begin(), anchors.end(), offset,
      [](std::size_t wanted, const Anchor& anchor) { return wanted < anchor.offset; });
  if (after == anchors.begin()) return sql::advance(text.position, text.value, offset);
  const Anchor& anchor = *std::prev(after);
  const std::string_view rest = std::string_view(text.value).substr(anchor.offset);
  return sql::advance(anchor.position, rest, offset - anchor.offset);
}

base::Position Expression::locate(std::size_t offset) const {
  return mapping::locate(text, anchors, offset);
}

sql::Fragment Expression::fragment() const {
  sql::Fragment whole("(");
  const std::string& value = text.value;
  const std::size_t head = anchors.empty() ? value.size() : anchors.front().offset;
  if (head > 0) whole += sql::Fragment(value.substr(0, head), text.position);
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    const std::size_t begin = anchors[i].offset;
    const std::size_t end = i + 1 < anchors.size() ? anchors[i + 1].offset : value.size();
    whole += sql::Fragment(value.substr(begin, end - begin), anchors[i].position);
  }
  // A comment at the end of the text must not swallow the parenthesis.
  const bool may_end_in_comment = value.find("--") != std::string::npos;
  return whole += sql::Fragment(may_end_in_comment ? "\n)" : ")");
}

}  // namespace rehome::mapping
