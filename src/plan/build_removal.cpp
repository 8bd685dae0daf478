// What happens to rows that are gone: the constants of a mark, and everything that may refer to a
// row that is to be deleted.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "plan/build_entity.h"
#include "plan/statements.h"

namespace rehome::plan {

namespace {

constexpr Oid k_bool = 16;

std::vector<std::string> fillers_of(const Draft& draft, const sql::QualifiedName& table) {
  std::vector<std::string> names;
  for (const DraftEntity& each : draft.entities) {
    if (each.target->name == table) names.push_back(each.entity->name.value);
  }
  return names;
}

class RemovalBuilder {
 public:
  RemovalBuilder(Draft& draft, const DraftEntity& drafted, Entity& entity)
      : draft_(draft), drafted_(drafted), entity_(entity), removal_(entity.removal) {}

  void run() {
    const mapping::Entity& mapped = *drafted_.entity;
    const mapping::Defaults& defaults = draft_.mapping.defaults;
    const mapping::Deletes& deletes = mapped.deletes ? *mapped.deletes : defaults.deletes;
    entity_.lost = mapped.lost.value_or(defaults.lost);
    removal_.policy = deletes.policy;
    removal_.percent_max = mapped.max_deletes_percent.value_or(defaults.max_deletes_percent);
    removal_.position = deletes.position;
    if (deletes.policy == mapping::DeletePolicy::mark) {
      add_settings(deletes.mark, removal_.mark);
      add_settings(deletes.unmark, removal_.unmark);
      check_return(deletes);
    }
    if (deletes.policy == mapping::DeletePolicy::remove) add_referrers();
  }

 private:
  void add_settings(const std::vector<mapping::Constant>& constants,
                    std::vector<Setting>& settings) {
    for (const mapping::Constant& each : constants) {
      const catalog::Column* column = find_target_column(draft_, drafted_, each.column);
      if (column == nullptr || !can_be_set(*column, each)) continue;
      settings.push_back({column->name, literal(*column, each.value), each.position});
    }
  }

  static std::string literal(const catalog::Column& column,
                             const std::optional<std::string>& value) {
    if (!value) return "NULL";
    const bool plain = column.type == k_bool && (*value == "true" || *value == "false");
    return plain ? *value : sql::quote_literal(*value);
  }

  bool can_be_set(const catalog::Column& column, const mapping::Constant& constant) {
    if (!constant.value && !is_nullable(draft_.target, column)) {
      draft_.error("E2901", constant.position, 1,
                   fmt::format("{} is NOT NULL: a mark cannot empty it", column.name),
                   "write the value that it shall have");
      return false;
    }
    const std::string refusal = refuse_marking(column);
    if (refusal.empty()) return true;
    draft_.error("E2902", constant.column,
                 fmt::format("{} cannot be part of a mark: {}", column.name, refusal),
                 "mark a column that says of a row whether it counts, such as archived");
    return false;
  }

  std::string refuse_marking(const catalog::Column& column) const {
    const auto is_column = [&](const TargetKeyColumn& each) { return each.name == column.name; };
    if (std::any_of(entity_.target_key.begin(), entity_.target_key.end(), is_column))
      return "it is the row's key";
    for (const Share& each : entity_.share) {
      if (each.column == column.name) return "it tells the rows of this entity from others";
    }
    for (const DraftColumn& each : drafted_.columns) {
      if (each.target == &column && each.key_part != nullptr) return "it keeps the legacy key";
    }
    if (column.identity == catalog::Identity::always) return "it is GENERATED ALWAYS";
    const Column* filled = entity_.find_column(column.name);
    const bool written_again = filled == nullptr || filled->owner == mapping::Owner::target ||
                               is_updated(entity_, *filled);
    return written_again ? "" : "the mapping fills it, and does not write it again";
  }

  // Filled by the mapping, with every version of the source.
  bool follows_source(const std::string& name) const {
    const Column* column = entity_.find_column(name);
    return column != nullptr && is_updated(entity_, *column);
  }

  // A row that comes back must not stay marked.
  void check_return(const mapping::Deletes& deletes) {
    for (const mapping::Constant& each : deletes.unmark) {
      if (!follows_source(each.column.value)) continue;
      draft_.error("E2904", each.column,
                   fmt::format("the mapping fills {}: a row that comes back gets the source's "
                               "value, not this one",
                               each.column.value),
                   "leave it out of `unmark`");
    }
    for (const mapping::Constant& each : deletes.mark) {
      const auto is_set = [&](const Setting& set) { return set.column == each.column.value; };
      if (std::none_of(removal_.mark.begin(), removal_.mark.end(), is_set)) continue;
      const auto is_same = [&](const mapping::Constant& other) {
        return other.column.value == each.column.value;
      };
      const bool undone = follows_source(each.column.value) ||
                          std::any_of(deletes.unmark.begin(), deletes.unmark.end(), is_same);
      if (undone) continue;
      draft_.error("E2903", each.column,
                   fmt::format("nothing takes the mark off {}: a row that comes back would keep it",
                               each.column.value),
                   fmt::format("add it to `unmark`, with the value of a row that is there: "
                               "unmark: {{{}: …}}",
                               each.column.value));
    }
  }

  void add_referrers() {
    for (const auto& [name, table] : draft_.target.tables) {
      for (const catalog::Constraint& each : table.constraints) {
        if (each.kind != catalog::ConstraintKind::foreign_key || each.inherited ||
            each.references != entity_.target_table)
          continue;
        add_referrer(table, each.name, each.columns, each.referenced_columns, each.deletes_cascade);
      }
    }
    for (const catalog::Referrer& each : drafted_.target->referrers) {
      removal_.referrers.push_back({each.table,
                                    each.constraint,
                                    each.columns,
                                    each.referenced_columns,
                                    each.key,
                                    {},
                                    each.deletes_cascade,
                                    each.can_use_schema,
                                    each.can_select,
                                    each.row_security});
    }
    for (const DraftEntity& each : draft_.entities) {
      for (const HeldColumns& refs : find_refs(each)) add_refs(each, refs);
    }
  }

  void add_referrer(const catalog::Table& table, const std::string& constraint,
                    std::vector<std::string> columns, std::vector<std::string> referenced,
                    bool cascades) {
    removal_.referrers.push_back({table.name, constraint, std::move(columns), std::move(referenced),
                                  table.primary_key(), fillers_of(draft_, table.name), cascades,
                                  true, table.can_select, table.row_security});
  }

  // Columns of a row that hold columns of one row of this entity.
  struct HeldColumns {
    const std::vector<sql::Fragment>* key;
    std::vector<std::string> columns;
    std::vector<std::string> held;
  };

  // Refs with the same key lead to one row, of which each may hold a part.
  std::vector<HeldColumns> find_refs(const DraftEntity& other) const {
    std::vector<HeldColumns> found;
    for (const DraftColumn& column : other.columns) {
      if (!column.derivation.ref) continue;
      const auto& ref = *column.derivation.ref;
      const std::string held = ref.column ? ref.column->value : drafted_.target_key.front();
      for (const mapping::RefTarget& each : ref.targets) {
        if (each.entity.value != entity_.name) continue;
        HeldColumns& refs = find_refs_by(each.key, found, drafted_.target->is_unique({held}));
        refs.columns.push_back(column.target->name);
        refs.held.push_back(held);
      }
    }
    return found;
  }

  // One that tells the row by itself stands alone.
  static HeldColumns& find_refs_by(const std::vector<sql::Fragment>& key,
                                   std::vector<HeldColumns>& found, bool alone) {
    const auto is_same = [&](const HeldColumns& each) {
      return each.key != nullptr &&
             std::equal(key.begin(), key.end(), each.key->begin(), each.key->end(),
                        [](const auto& one, const auto& two) { return one.text() == two.text(); });
    };
    const auto same = std::find_if(found.begin(), found.end(), is_same);
    if (!alone && same != found.end()) return *same;
    found.push_back({alone ? nullptr : &key, {}, {}});
    return found.back();
  }

  // Refs that no foreign key guards would lead to nothing.
  void add_refs(const DraftEntity& other, const HeldColumns& refs) {
    if (!drafted_.target->is_unique(refs.held)) return;
    if (!is_guarded(other.target->name, refs.columns.front()))
      add_referrer(*other.target, "", refs.columns, refs.held, false);
  }

  bool is_guarded(const sql::QualifiedName& table, const std::string& column) const {
    const auto& referrers = removal_.referrers;
    return std::any_of(referrers.begin(), referrers.end(), [&](const Referrer& each) {
      return each.table == table &&
             std::find(each.columns.begin(), each.columns.end(), column) != each.columns.end();
    });
  }

  Draft& draft_;
  const DraftEntity& drafted_;
  Entity& entity_;
  Removal& removal_;
};

// The entities whose rows may refer to a row of this one, directly or through others.
std::set<std::string> find_dependents(const std::vector<Entity>& entities,
                                      const std::string& name) {
  std::set<std::string> found;
  const std::function<void(const std::string&)> visit = [&](const std::string& parent) {
    const auto entity = std::find_if(entities.begin(), entities.end(),
                                     [&](const Entity& each) { return each.name == parent; });
    if (entity->removal.policy != mapping::DeletePolicy::remove) return;
    for (const Referrer& referrer : entity->removal.referrers) {
      for (const std::string& child : referrer.entities) {
        if (found.insert(child).second) visit(child);
      }
    }
  };
  visit(name);
  return found;
}

}  // namespace

void build_removal(Draft& draft, const DraftEntity& drafted, Entity& entity) {
  RemovalBuilder(draft, drafted, entity).run();
}

void tie_removals(std::vector<Entity>& entities) {
  for (Entity& entity : entities) {
    if (entity.removal.policy != mapping::DeletePolicy::remove) continue;
    entity.removal.together = {entity.name};
    for (const std::string& each : find_dependents(entities, entity.name)) {
      if (each != entity.name && find_dependents(entities, each).contains(entity.name))
        entity.removal.together.push_back(each);
    }
  }
}

}  // namespace rehome::plan
