#include "mapping/construct_registry.h"
#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

void read_share(const Node& node, Entity& entity, Problems& problems) {
  if (!node.is_map() || node.members.empty()) {
    problems.add("E1202", node, "`share` must be a map: target column → constant",
                 "such as {legacy_table: dispatch_comment}");
    return;
  }
  for (const Member& member : node.members) {
    auto name = read_name(member.key, "a column of `share`", problems);
    const Node& value = member.value;
    if (!value.is_scalar() || value.is_null()) {
      problems.add("E1202", value, "`share` tells rows apart by a constant",
                   "a text, a number, true or false");
    } else if (name) {
      entity.share.push_back({*name, value.text});
      Column column;
      column.name = std::move(*name);
      column.construct = make_const_construct(value.position, value.text);
      entity.columns.push_back(std::move(column));
    }
  }
}

}  // namespace rehome::mapping
