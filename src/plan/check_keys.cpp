// Can the ledger know the row by its key? It keeps what is sent, so a key column must store just
// that.
#include <fmt/format.h>

#include <algorithm>

#include "plan/draft.h"
#include "plan/type_text.h"

namespace rehome::plan {

namespace {

// What a type does to a value that it receives, and the type that leaves it alone.
struct Change {
  std::string_view verb;
  std::string_view hint;
};

std::optional<Change> find_change(const catalog::Type& stored, int modifier) {
  std::string_view name = catalog::find_builtin_name(stored.oid);
  if (name.starts_with('_')) name.remove_prefix(1);  // of an array, what happens to its elements
  if (name == "jsonb") {
    return Change{"stores it in a form of its own",
                  "keys of jsonb cannot be moved by this version"};
  }
  if (modifier < 0) return std::nullopt;
  if (name == "bpchar") {
    return Change{"fills it up with blanks", "make it text or varchar in the target"};
  }
  if (name == "numeric") {
    return Change{"gives it other decimals", "make it numeric without precision in the target"};
  }
  return std::nullopt;
}

class KeyCheck {
 public:
  KeyCheck(Draft& draft, const DraftEntity& entity) : draft_(draft), entity_(entity) {}

  void run() {
    for (const DraftColumn& each : entity_.columns) {
      if (is_target_key(each)) {
        check(each, "is part of the primary key");
      } else if (each.key_part != nullptr) {
        check(each, "holds the legacy key");
      }
    }
  }

 private:
  bool is_target_key(const DraftColumn& column) const {
    const auto& key = entity_.target_key;
    return std::find(key.begin(), key.end(), column.target->name) != key.end();
  }

  void check(const DraftColumn& column, std::string_view role) {
    const catalog::Column& target = *column.target;
    const catalog::Type* stored = draft_.target.find_stored_type(target.type);
    if (stored == nullptr) return;
    const std::string name = fmt::format("{}.{}", entity_.entity->to.value, target.name);
    if (is_target_key(column) && stored->kind == catalog::TypeKind::enumeration) {
      return draft_.error("E2205", entity_.entity->to,
                          fmt::format("{} {} and of type {}", name, role, target.type_text),
                          "keys of enumerations cannot be moved by this version");
    }
    const auto change = find_change(*stored, draft_.target.stored_modifier(target));
    if (!change) return;
    draft_.error("E2206", column.position,
                 column.key_part == nullptr ? 1 : static_cast<int>(target.name.size()),
                 fmt::format("{} {}, but {} {}: it would not be the key that the ledger knows",
                             name, role, target.type_text, change->verb),
                 std::string(change->hint));
  }

  Draft& draft_;
  const DraftEntity& entity_;
};

}  // namespace

void check_keys(Draft& draft) {
  for (const DraftEntity& each : draft.entities) KeyCheck(draft, each).run();
}

}  // namespace rehome::plan
