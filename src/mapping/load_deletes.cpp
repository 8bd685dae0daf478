// `deletes`, `max_deletes` and `lost`, of `defaults` and of an entity.
#include <fmt/format.h>

#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

std::vector<Constant> read_constants(const Node& node, std::string_view what, Problems& problems) {
  std::vector<Constant> constants;
  if (!node.is_map() || node.members.empty()) {
    problems.add("E1202", node, fmt::format("{} must be a map: target column → value", what),
                 "such as {archived: true}");
    return constants;
  }
  for (const Member& member : node.members) {
    const auto column = read_name(member.key, fmt::format("a column of {}", what), problems);
    if (!member.value.is_scalar()) {
      problems.add("E1202", member.value,
                   fmt::format("`{}` must be a single value, not a list or a map", member.key.text),
                   "write JSON and arrays as quoted text");
      continue;
    }
    if (!column) continue;
    Constant constant{*column, std::nullopt, member.value.position};
    if (!member.value.is_null()) constant.value = member.value.text;
    constants.push_back(std::move(constant));
  }
  return constants;
}

std::optional<Deletes> read_deletes(const Node& node, Problems& problems) {
  Deletes deletes;
  deletes.position = node.position;
  if (node.is_map()) {
    if (!check_members(node, deletes_shape(), problems)) return std::nullopt;
    deletes.policy = DeletePolicy::mark;
    if (const Node* mark = node.find("mark"))
      deletes.mark = read_constants(*mark, "`mark`", problems);
    if (const Node* unmark = node.find("unmark"))
      deletes.unmark = read_constants(*unmark, "`unmark`", problems);
    return deletes;
  }
  if (node.is_scalar() && node.text == "mark") {
    problems.add("E1202", node, "`deletes: mark` does not say how rows are marked",
                 "write deletes: {mark: {archived: true}, unmark: {archived: false}}");
    return std::nullopt;
  }
  const auto word = read_word(node, field_of(defaults_shape(), "deletes"), {}, problems);
  if (word == "delete") deletes.policy = DeletePolicy::remove;
  return word ? std::optional(deletes) : std::nullopt;
}

}  // namespace

LeavingRows read_leaving_rows(const Node& node, Problems& problems) {
  LeavingRows leaving;
  if (const Node* deletes = node.find("deletes"))
    leaving.deletes = read_deletes(*deletes, problems);
  if (const Node* most = node.find("max_deletes"))
    leaving.max_deletes_percent = read_percent(*most, "`max_deletes`", problems);
  if (const Node* lost = node.find("lost")) {
    const auto word = read_word(*lost, field_of(defaults_shape(), "lost"), {}, problems);
    if (word) leaving.lost = *word == "restore" ? Lost::restore : Lost::report;
  }
  return leaving;
}

}  // namespace rehome::mapping
