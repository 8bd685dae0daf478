#include <fmt/format.h>

#include <algorithm>

#include "mapping/load_parts.h"

namespace rehome::mapping {

namespace {

bool are_apart(const Entity& first, const Entity& second) {
  return std::any_of(first.share.begin(), first.share.end(), [&](const Share& ours) {
    return std::any_of(second.share.begin(), second.share.end(), [&](const Share& theirs) {
      return ours.column.value == theirs.column.value && ours.value != theirs.value;
    });
  });
}

// The column in which both keep their key.
const Text* find_common_key(const Entity& first, const Entity& second) {
  for (const KeyPart& theirs : second.key) {
    if (!theirs.target_column) continue;
    for (const KeyPart& ours : first.key) {
      if (ours.target_column && ours.target_column->value == theirs.target_column->value)
        return &*theirs.target_column;
    }
  }
  return nullptr;
}

void check_pair(const Entity& first, const Entity& second, Problems& problems) {
  if (first.to.value != second.to.value || are_apart(first, second)) return;
  const auto report = [&](const Text& at, std::string message, std::string hint) {
    problems.add("E1407", at.position, std::move(message), std::move(hint),
                 static_cast<int>(at.value.size()));
  };
  if (!first.share.empty() && !second.share.empty()) {
    report(second.share.front().column,
           fmt::format("`{}` and `{}` both fill {}, and `share` does not tell their rows apart",
                       first.name.value, second.name.value, second.to.value),
           "give both the same column, each with a value of its own");
  } else if (const Text* column = find_common_key(first, second)) {
    report(*column,
           fmt::format("`{}` and `{}` both keep their key in {}.{}: nothing tells their rows apart",
                       first.name.value, second.name.value, second.to.value, column->value),
           fmt::format("add to both a column that does: share: {{legacy_table: {}}}",
                       second.from.value));
  }
}

}  // namespace

void check_shares(const std::vector<Entity>& entities, Problems& problems) {
  for (auto second = entities.begin(); second != entities.end(); ++second) {
    for (auto first = entities.begin(); first != second; ++first)
      check_pair(*first, *second, problems);
  }
}

}  // namespace rehome::mapping
