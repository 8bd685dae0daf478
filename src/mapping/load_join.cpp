#include <fmt/format.h>

#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

Join read_join(const Member& member, Problems& problems) {
  Join join;
  join.alias = member.key.as_text();
  const Node& node = member.value;
  if (!check_members(node, fmt::format("join `{}`", join.alias.value), join_shape().fields,
                     problems))
    return join;

  if (const Node* table = node.find("table")) {
    if (auto name = read_name(*table, "`table`", problems)) join.table = std::move(*name);
  }
  if (const Node* on = node.find("on")) {
    if (auto condition = read_expression(*on, "`on`", problems)) join.on = std::move(*condition);
  }
  if (const Node* one = node.find("one")) {
    join.required = read_word(*one, field_of(join_shape(), "one"), {}, problems) == "required";
  }
  if (const Node* pick = node.find("pick");
      pick != nullptr && check_members(*pick, pick_shape(), problems)) {
    if (const Node* order = pick->find("order"))
      join.pick_order = read_expression(*order, "`order`", problems);
  }
  return join;
}

}  // namespace

std::vector<Join> read_joins(const Node& node, Problems& problems) {
  std::vector<Join> joins;
  if (!node.is_map()) {
    problems.add("E1202", node, "`join` must be a map: alias → join",
                 "p: {table: dispatch_patient, on: p.id = i.patient_id, one: required}");
    return joins;
  }
  for (const Member& member : node.members) joins.push_back(read_join(member, problems));
  return joins;
}

}  // namespace rehome::mapping
