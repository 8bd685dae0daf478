#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

std::optional<Differs> read_differs(const Node& node, const Shape& shape, Problems& problems) {
  const auto word = read_word(node, field_of(shape, "differs"),
                              {"quarantine", "source_wins", "target_wins"}, problems);
  if (word == "quarantine") return Differs::quarantine;
  if (word == "source_wins") return Differs::source_wins;
  if (word == "target_wins") return Differs::target_wins;
  return std::nullopt;
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
