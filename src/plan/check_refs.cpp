// Does every ref lead where the target's foreign key points? Ids of the wrong table look just as
// valid.
#include <fmt/format.h>

#include <algorithm>

#include "base/suggestion.h"
#include "plan/draft.h"

namespace rehome::plan {

namespace {

constexpr Oid k_varchar = 1043;

// What one column of a foreign key points at.
struct Pointer {
  const catalog::Constraint* key = nullptr;
  std::string column;  // of the table it references
};

// Those of one column alone go first: it is they that people mean.
std::vector<Pointer> find_pointers(const catalog::Table& table, const std::string& column) {
  std::vector<Pointer> pointers;
  for (const catalog::Constraint& each : table.constraints) {
    if (each.kind != catalog::ConstraintKind::foreign_key) continue;
    const auto place = std::find(each.columns.begin(), each.columns.end(), column);
    if (place == each.columns.end()) continue;
    const auto index = static_cast<std::size_t>(place - each.columns.begin());
    pointers.push_back({&each, each.referenced_columns[index]});
  }
  std::stable_partition(pointers.begin(), pointers.end(),
                        [](const Pointer& each) { return each.key->columns.size() == 1; });
  return pointers;
}

// Alone or together with others.
bool is_unique_part(const catalog::Table& table, const std::string& column) {
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const catalog::Index& each) {
    const auto& columns = each.columns;
    return each.unique && each.valid && !each.partial && !each.has_expressions &&
           std::find(columns.begin(), columns.end(), column) != columns.end();
  });
}

std::string entities_filling(const Draft& draft, const sql::QualifiedName& table) {
  std::vector<std::string> names;
  for (const DraftEntity& each : draft.entities) {
    if (each.target->name == table) names.push_back(each.entity->name.value);
  }
  if (names.empty()) return fmt::format("no entity of the mapping fills {}", table.text());
  return fmt::format("the entity that fills {} is {}", table.text(), sql::join(names, " or "));
}

class RefCheck {
 public:
  RefCheck(Draft& draft, const DraftEntity& entity, const DraftColumn& column)
      : draft_(draft), entity_(entity), column_(column), ref_(*column.derivation.ref) {}

  void run() {
    if (ref_.missing == mapping::Missing::leave_empty && column_.target->not_null) {
      draft_.error("E2404", column_.position, 1,
                   fmt::format("{} is NOT NULL: it cannot be left empty when the parent is missing",
                               column_.target->name),
                   "write missing: quarantine");
    }
    for (const mapping::RefTarget& each : ref_.targets) check_target(each);
  }

 private:
  void check_target(const mapping::RefTarget& target) {
    const DraftEntity* parent = draft_.find_entity(target.entity.value);
    if (parent == nullptr) return;  // its own tables are missing, which is said there
    if (target.key.size() != parent->entity->key.size()) {
      draft_.error("E2402", target.entity,
                   fmt::format("{} has a key of {} parts, this ref gives {}", target.entity.value,
                               parent->entity->key.size(), target.key.size()));
    }
    const catalog::Column* given = find_given(target, *parent);
    if (given == nullptr) return;
    check_foreign_keys(target, *parent, *given);
    check_type(target, *parent, *given);
  }

  // The parent's column whose value the ref holds.
  const catalog::Column* find_given(const mapping::RefTarget& target, const DraftEntity& parent) {
    const catalog::Table& table = *parent.target;
    if (ref_.column) {
      const catalog::Column* column = table.find_column(ref_.column->value);
      if (column == nullptr) {
        draft_.error(
            "E2410", *ref_.column,
            fmt::format("no column {} in {} of the target", ref_.column->value, table.name.text()),
            base::did_you_mean(ref_.column->value, table.column_names()));
      }
      return column;
    }
    if (parent.target_key.empty()) return nullptr;  // said where its columns are drafted
    if (parent.target_key.size() == 1) return table.find_column(parent.target_key.front());
    draft_.error("E2405", target.entity,
                 fmt::format("{} has a primary key of {} columns: one column cannot refer to it",
                             table.name.text(), parent.target_key.size()),
                 fmt::format("say which of them this column holds: {}", column_hint(parent)));
    return nullptr;
  }

  // The one that a foreign key points at, or the first.
  std::string column_hint(const DraftEntity& parent) const {
    for (const Pointer& each : find_pointers(*entity_.target, column_.target->name)) {
      if (each.key->references == parent.target->name) return "column: " + each.column;
    }
    return "column: " + parent.target_key.front();
  }

  void check_foreign_keys(const mapping::RefTarget& target, const DraftEntity& parent,
                          const catalog::Column& given) {
    const auto pointers = find_pointers(*entity_.target, column_.target->name);
    if (pointers.empty()) return check_unique(parent, given);
    const auto leads_there = [&](const Pointer& each) {
      return each.key->references == parent.target->name;
    };
    const auto place = std::find_if(pointers.begin(), pointers.end(), leads_there);
    if (place == pointers.end()) return report_table(target, parent, *pointers.front().key);
    const bool fits = std::any_of(pointers.begin(), pointers.end(), [&](const Pointer& each) {
      return leads_there(each) && each.column == given.name;
    });
    if (!fits) report_column(target, given, *place);
  }

  void report_table(const mapping::RefTarget& target, const DraftEntity& parent,
                    const catalog::Constraint& key) {
    draft_.error("E2401", target.entity,
                 fmt::format("{}.{} refers to {} (constraint {}), but the ref gives ids of {}",
                             entity_.target->name.name, column_.target->name, key.references.text(),
                             key.name, parent.target->name.text()),
                 entities_filling(draft_, key.references));
  }

  void report_column(const mapping::RefTarget& target, const catalog::Column& given,
                     const Pointer& pointer) {
    draft_.error("E2403", ref_.column.value_or(target.entity),
                 fmt::format("{}.{} refers to {}({}), but the ref gives {}",
                             entity_.target->name.name, column_.target->name,
                             pointer.key->references.text(), pointer.column, given.name),
                 fmt::format("write column: {}", pointer.column));
  }

  // Without a foreign key nothing else says that the value leads to one row.
  void check_unique(const DraftEntity& parent, const catalog::Column& given) {
    if (!ref_.column || is_unique_part(*parent.target, given.name)) return;
    draft_.error("E2411", *ref_.column,
                 fmt::format("no unique index of {} has {}: the ref could lead to several rows",
                             parent.target->name.text(), given.name),
                 "refer to a column that is unique, or make the index");
  }

  void check_type(const mapping::RefTarget& target, const DraftEntity& parent,
                  const catalog::Column& given) {
    if (stored_type(given) == stored_type(*column_.target) && takes_all_of(given)) return;
    const bool is_key = parent.target_key == std::vector<std::string>{given.name};
    draft_.error("E2406", target.entity,
                 fmt::format("{} is {}, but {} of {} {} {}", column_.target->name,
                             column_.target->type_text, is_key ? "ids" : given.name,
                             parent.target->name.text(), is_key ? "are" : "is", given.type_text));
  }

  // COPY rounds and cuts to the column's own modifier in silence.
  bool takes_all_of(const catalog::Column& given) const {
    const int modifier = draft_.target.stored_modifier(*column_.target);
    const int other = draft_.target.stored_modifier(given);
    const bool is_longer = stored_type(given) == k_varchar && other >= 0 && modifier > other;
    return modifier < 0 || modifier == other || is_longer;
  }

  Oid stored_type(const catalog::Column& column) const {
    const catalog::Type* stored = draft_.target.find_stored_type(column.type);
    return stored == nullptr ? column.type : stored->oid;
  }

  Draft& draft_;
  const DraftEntity& entity_;
  const DraftColumn& column_;
  const mapping::RefDerivation& ref_;
};

}  // namespace

void check_refs(Draft& draft) {
  for (const DraftEntity& entity : draft.entities) {
    for (const DraftColumn& column : entity.columns) {
      if (column.derivation.ref) RefCheck(draft, entity, column).run();
    }
  }
}

}  // namespace rehome::plan
