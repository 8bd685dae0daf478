#include "base/suggestion.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace rehome::base {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                                  a.begin());
}

// Levenshtein distance by a dynamic programme of three rows; two neighbours that have changed
// places count as one mistake.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> previous(b.size() + 1);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  std::vector<std::size_t> current(b.size() + 1);
  std::vector<std::size_t> before(b.size() + 1);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({replace, previous[j] + 1, current[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

constexpr std::size_t k_prefix_min = 4;

std::optional<std::string> longest_prefix(std::string_view word,
                                          const std::vector<std::string>& sorted) {
  std::optional<std::string> best;
  std::size_t best_length = 0;
  for (const std::string& candidate : sorted) {
    const std::size_t length = common_prefix(word, lower(candidate));
    if (length > best_length) {
      best_length = length;
      best = candidate;
    }
  }
  const bool near = best_length >= k_prefix_min && best_length * 3 >= word.size() * 2;
  return near ? best : std::nullopt;
}

}  // namespace

std::optional<std::string> suggest(std::string_view word,
                                   const std::vector<std::string>& candidates) {
  std::vector<std::string> sorted = candidates;
  std::sort(sorted.begin(), sorted.end());
  const std::string wanted = lower(word);
  if (auto by_prefix = longest_prefix(wanted, sorted)) return by_prefix;

  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (const std::string& candidate : sorted) {
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto found = suggest(word, candidates);
  return found ? "did you mean " + *found + "?" : std::string();
}

}  // namespace rehome::base
