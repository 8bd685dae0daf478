// `conflicts` and `changed_at`, of `defaults` and of an entity.
#include <fmt/format.h>

#include <set>

#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

std::optional<ChangedAt> read_changed_at(const Node& node, Problems& problems) {
  if (!check_members(node, changed_at_shape(), problems)) return std::nullopt;
  const Node* source = node.find("source");
  const Node* target = node.find("target");
  if (source == nullptr || target == nullptr) return std::nullopt;
  auto expression = read_expression(*source, "`source` of `changed_at`", problems);
  auto column = read_name(*target, "`target` of `changed_at`", problems);
  if (!expression || !column) return std::nullopt;
  return ChangedAt{std::move(*expression), std::move(*column)};
}

Conflicts conflicts_of(std::string_view word) {
  if (word == "source_wins") return Conflicts::source_wins;
  if (word == "target_wins") return Conflicts::target_wins;
  if (word == "newest") return Conflicts::newest;
  if (word == "merge") return Conflicts::merge;
  return Conflicts::hold;
}

}  // namespace

BothChanged read_both_changed(const Node& node, Problems& problems) {
  BothChanged both;
  if (const Node* conflicts = node.find("conflicts")) {
    const auto word = read_word(*conflicts, field_of(defaults_shape(), "conflicts"), {}, problems);
    if (word) both.conflicts = ConflictPolicy{conflicts_of(*word), conflicts->position};
  }
  if (const Node* changed = node.find("changed_at"))
    both.changed_at = read_changed_at(*changed, problems);
  return both;
}

void check_changed_at(const Mapping& mapping, Problems& problems) {
  std::set<const base::Position*> reported;  // once for the word of the defaults
  for (const Entity& entity : mapping.entities) {
    const base::Position* newest = mapping.find_newest(entity);
    if (newest == nullptr || reported.contains(newest)) continue;
    const ChangedAt* times = mapping.find_changed_at(entity);
    if (times == nullptr) {
      reported.insert(newest);
      problems.add(
          "E1104", *newest,
          fmt::format("`newest` does not know when a row of `{}` was changed", entity.name.value),
          fmt::format("say it in the entity, or in `defaults`: changed_at: {{source: "
                      "{}.modified_at, target: updated_at}}: an expression of the "
                      "source, and a column of {}",
                      entity.alias.value, entity.to.value),
          static_cast<int>(std::string_view("newest").size()));
    } else if (!entity.changed_at) {
      check_names(entity, times->source, problems);
    }
  }
}

}  // namespace rehome::mapping
