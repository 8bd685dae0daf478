#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

std::optional<DifferPolicy> read_differs(const Node& node, const Shape& shape, Problems& problems) {
  const auto word = read_word(node, field_of(shape, "differs"), {}, problems);
  if (!word) return std::nullopt;
  DifferPolicy policy{Differs::quarantine, node.position};
  if (word == "source_wins") policy.word = Differs::source_wins;
  if (word == "target_wins") policy.word = Differs::target_wins;
  if (word == "newest") policy.word = Differs::newest;
  return policy;
}

}  // namespace

Adopt read_adopt(const Node& node, const Shape& shape, Problems& problems) {
  Adopt adopt;
  adopt.position = node.position;
  if (!check_members(node, shape, problems)) return adopt;
  if (const Node* by = node.find("by")) {
    adopt.by = read_names(*by, "`by`", problems);
    if (by->is_list() && by->items.empty())
      problems.add("E1202", *by, "`by` must name at least one column");
  }
  if (const Node* differs = node.find("differs"))
    adopt.differs = read_differs(*differs, shape, problems);
  return adopt;
}

}  // namespace rehome::mapping
