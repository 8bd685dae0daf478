// Does every ref lead where the target's foreign key points? Ids of the wrong table look just as
// valid.
#include <fmt/format.h>

#include "plan/draft.h"

namespace rehome::plan {

namespace {

const catalog::Constraint* find_foreign_key(const catalog::Table& table,
                                            const std::string& column) {
  for (const catalog::Constraint& each : table.constraints) {
    if (each.kind == catalog::ConstraintKind::foreign_key &&
        each.columns == std::vector<std::string>{column})
      return &each;
  }
  return nullptr;
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
      : draft_(draft), entity_(entity), column_(column) {}

  void run() {
    const auto& ref = *column_.derivation.ref;
    if (ref.missing == mapping::Missing::leave_empty && column_.target->not_null) {
      draft_.error("E2404", column_.position, 1,
                   fmt::format("{} is NOT NULL: it cannot be left empty when the parent is missing",
                               column_.target->name),
                   "write missing: quarantine");
    }
    if (ref.column) {
      return draft_.error("E2403", *ref.column, "this version refers to primary keys only",
                          "leave out `column`, or map the value by an expression");
    }
    for (const mapping::RefTarget& each : ref.targets) check_target(each);
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
    check_id_space(target, *parent);
  }

  void check_id_space(const mapping::RefTarget& target, const DraftEntity& parent) {
    if (parent.target_key.size() != 1) {
      return draft_.error(
          "E2405", target.entity,
          fmt::format("{} has a primary key of {} columns: one column cannot refer to it",
                      parent.target->name.text(), parent.target_key.size()));
    }
    const catalog::Constraint* key = find_foreign_key(*entity_.target, column_.target->name);
    if (key != nullptr) {
      if (key->references != parent.target->name) {
        return draft_.error(
            "E2401", target.entity,
            fmt::format("{}.{} refers to {} (constraint {}), but the ref gives ids of {}",
                        entity_.target->name.name, column_.target->name, key->references.text(),
                        key->name, parent.target->name.text()),
            entities_filling(draft_, key->references));
      }
      if (key->referenced_columns != parent.target_key) {
        return draft_.error(
            "E2403", target.entity,
            fmt::format("{}.{} refers to {}({}), which is not its primary key",
                        entity_.target->name.name, column_.target->name, key->references.text(),
                        sql::join(key->referenced_columns, ", ")),
            "refs to other unique columns cannot be moved by this version");
      }
    }
    check_type(target, parent);
  }

  void check_type(const mapping::RefTarget& target, const DraftEntity& parent) {
    const catalog::Column* id = parent.target->find_column(parent.target_key.front());
    if (id == nullptr || stored_type(*id) == stored_type(*column_.target)) return;
    draft_.error("E2406", target.entity,
                 fmt::format("{} is {}, but ids of {} are {}", column_.target->name,
                             column_.target->type_text, parent.target->name.text(), id->type_text));
  }

  Oid stored_type(const catalog::Column& column) const {
    const catalog::Type* stored = draft_.target.find_stored_type(column.type);
    return stored == nullptr ? column.type : stored->oid;
  }

  Draft& draft_;
  const DraftEntity& entity_;
  const DraftColumn& column_;
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
