#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mapping/load_parts.h"

namespace rehome::mapping {

namespace {

// The order of members says nothing, save for `exclude`, where the first name that is true counts.
nlohmann::ordered_json to_json(const Node& node, bool keep_order) {
  if (node.is_null()) return nullptr;
  if (node.is_scalar()) return node.text;
  if (node.is_list()) {
    auto list = nlohmann::ordered_json::array();
    for (const Node& item : node.items) list.push_back(to_json(item, keep_order));
    return list;
  }
  std::vector<const Member*> members;
  for (const Member& member : node.members) members.push_back(&member);
  if (!keep_order) {
    std::sort(members.begin(), members.end(),
              [](const Member* a, const Member* b) { return a->key.text < b->key.text; });
  }
  auto object = nlohmann::ordered_json::object();
  for (const Member* member : members) {
    const bool ordered = keep_order || member->key.text == "exclude" || member->key.text == "key" ||
                         member->key.text == "join";
    object[member->key.is_null() ? "~" : member->key.text] = to_json(member->value, ordered);
  }
  return object;
}

}  // namespace

std::string write_canonical(const Node& entity) {
  constexpr std::array<std::string_view, 8> k_meaning = {"from",  "each",    "join",   "key",
                                                         "share", "exclude", "refuse", "columns"};
  Node meaning;
  meaning.kind = NodeKind::map;
  for (const Member& member : entity.members) {
    if (std::find(k_meaning.begin(), k_meaning.end(), member.key.text) != k_meaning.end()) {
      meaning.members.push_back(member);
    }
  }
  return to_json(meaning, false).dump();
}

}  // namespace rehome::mapping
