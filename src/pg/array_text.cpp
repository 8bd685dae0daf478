#include "pg/array_text.h"

#include "base/ensure.h"

namespace rehome::pg {

std::vector<std::string> parse_text_array(std::string_view text) {
  base::ensure(text.size() >= 2 && text.front() == '{' && text.back() == '}',
               "an array's text is in braces");
  text = text.substr(1, text.size() - 2);
  std::vector<std::string> elements;
  if (text.empty()) return elements;
  elements.emplace_back();
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      elements.back() += text[++at];
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (text[at] == ',' && !quoted) {
      elements.emplace_back();
    } else {
      elements.back() += text[at];
    }
  }
  return elements;
}

}  // namespace rehome::pg
