// Rows that need a person, named by both their keys. Asked of the target as it is now, whatever
// the last run counted.
//
// Threading: as the connection given.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/accounting.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::ledger {

// Where an entity's rows are, as the ledger has written it down.
struct EntityPlace {
  std::string entity;
  std::string target_table;  // quoted
  std::string ledger_table;  // quoted
  std::vector<std::string> legacy_key;
  std::vector<std::string> target_key;
  std::vector<std::string> kept_in;  // the target's columns of the legacy key; may be none
  // SQL over a row `t` of that table: which of them are the entity's to answer for. Empty: all.
  std::string answers_for;

  // These, for a FROM clause, as `t`.
  std::string rows() const;
};

EntityPlace make_place(const plan::Plan& plan, const plan::Entity& entity);
// Nothing when no run has seen the entity.
std::optional<EntityPlace> read_place(pg::Connection& target, const std::string& entity);

// The first of them by legacy key.
std::vector<NamedRow> read_named(pg::Connection& target, const EntityPlace& place, RowKind kind,
                                 int most);
// The same for all of them, some thousand at a time, in one transaction that `use` may write in.
void read_named_in_groups(pg::Connection& target, const EntityPlace& place, RowKind kind,
                          const std::function<void(const std::vector<NamedRow>&)>& use);
std::int64_t count_named(pg::Connection& target, const EntityPlace& place, RowKind kind);

}  // namespace rehome::ledger
