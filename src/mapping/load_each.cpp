#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

constexpr std::string_view k_ordinality = "ordinality";

}  // namespace

std::optional<Each> read_each(const Node& node, Problems& problems) {
  if (!node.is_map() || node.members.empty()) {
    problems.add("E1202", node, "`each` must be a map: name → expression that gives several rows",
                 "such as {tag: unnest(p.tags)}");
    return std::nullopt;
  }
  Each each;
  for (const Member& member : node.members) {
    auto name = read_name(member.key, "a name of `each`", problems);
    if (!name) return std::nullopt;
    if (member.value.is_scalar() && member.value.text == k_ordinality) {
      each.number = std::move(*name);
    } else if (!each.name.value.empty()) {
      problems.add("E1202", member.value, "`each` makes rows in one way, not in two",
                   "beside it there may be a name for `ordinality`, which numbers them");
      return std::nullopt;
    } else if (auto rows = read_expression(member.value, "`each`", problems)) {
      each.name = std::move(*name);
      each.rows = std::move(*rows);
    } else {
      return std::nullopt;
    }
  }
  if (!each.name.value.empty()) return each;
  problems.add("E1202", node, "`ordinality` numbers rows, and nothing here makes them",
               "such as {line: jsonb_array_elements(o.lines), number: ordinality}");
  return std::nullopt;
}

}  // namespace rehome::mapping
