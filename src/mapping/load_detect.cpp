// `detect: {updated_at: …, overlap: …}`.
#include <array>
#include <charconv>
#include <utility>

#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

constexpr std::int64_t k_overlap_max = 1'000'000'000;

// As they are written, and as PostgreSQL knows them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> k_units = {
    {{"", ""}, {"s", "seconds"}, {"min", "minutes"}, {"h", "hours"}, {"d", "days"}}};

std::optional<Overlap> read_overlap(const Node& node, Problems& problems) {
  const auto text = read_text(node, "`overlap`", problems);
  if (!text) return std::nullopt;
  Overlap overlap;
  overlap.position = text->position;
  const char* end = text->value.data() + text->value.size();
  const auto [stop, error] = std::from_chars(text->value.data(), end, overlap.amount);
  std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  for (const auto& [written, meant] : k_units) {
    const bool fits =
        error == std::errc() && overlap.amount >= 0 && overlap.amount <= k_overlap_max;
    if (!fits || unit != written) continue;
    overlap.unit = meant;
    return overlap;
  }
  problems.add("E1203", node, "`overlap` must be a time such as 30s, 10min, 2h or 1d, or a number",
               "a number is for a column of integers");
  return std::nullopt;
}

}  // namespace

std::optional<Detect> read_detect(const Node& node, Problems& problems) {
  if (!check_members(node, detect_shape(), problems)) return std::nullopt;
  const Node* column = node.find("updated_at");
  if (column == nullptr) return std::nullopt;
  auto updated_at = read_expression(*column, "`updated_at`", problems);
  if (!updated_at) return std::nullopt;
  Detect detect{std::move(*updated_at), std::nullopt};
  if (const Node* overlap = node.find("overlap")) detect.overlap = read_overlap(*overlap, problems);
  return detect;
}

}  // namespace rehome::mapping
