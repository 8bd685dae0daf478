#include "cli/delete_limit.h"

#include <charconv>

namespace rehome::cli {

std::optional<run::DeleteLimit> parse_delete_limit(const std::string& text) {
  const char* const end = text.data() + text.size();
  run::DeleteLimit limit;
  if (text.ends_with('%')) {
    double percent = 0;
    const auto [stop, error] = std::from_chars(text.data(), end - 1, percent);
    if (error != std::errc() || stop != end - 1 || percent < 0 || percent > 100)
      return std::nullopt;
    limit.percent = percent;
    return limit;
  }
  const auto [stop, error] = std::from_chars(text.data(), end, limit.rows);
  if (text.empty() || error != std::errc() || stop != end || limit.rows < 0) return std::nullopt;
  return limit;
}

}  // namespace rehome::cli
