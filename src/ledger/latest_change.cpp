#include "ledger/latest_change.h"

#include <fmt/format.h>

namespace rehome::ledger {

namespace {

// Which column it is of, and which mapping the rows were compared by.
std::string described(const plan::Entity& entity) {
  return fmt::format("{} {:016x}", entity.detection ? entity.detection->column : "", entity.salt);
}

}  // namespace

void forget_other_latest_change(pg::Connection& target, const plan::Entity& entity) {
  target.query({"forget latest change",
                "UPDATE rehome.entity SET latest_change = NULL, latest_change_by = NULL WHERE "
                "entity = $1 AND latest_change_by <> $2"},
               {entity.name, described(entity)});
}

std::optional<std::string> read_latest_change(pg::Connection& target, const plan::Entity& entity) {
  const auto rows = target.query(
      {"read latest change",
       "SELECT latest_change FROM rehome.entity WHERE entity = $1 AND latest_change_by = $2"},
      {entity.name, described(entity)});
  return rows.count() == 0 ? std::nullopt : rows.optional_text(0, 0);
}

void note_latest_change(pg::Connection& target, const plan::Entity& entity,
                        const std::string& latest) {
  target.query({"note latest change",
                "UPDATE rehome.entity SET latest_change = $2, latest_change_by = $3 WHERE entity = "
                "$1"},
               {entity.name, latest, described(entity)});
}

}  // namespace rehome::ledger
