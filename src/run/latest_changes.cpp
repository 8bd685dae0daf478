#include "run/latest_changes.h"

#include "ledger/latest_change.h"
#include "plan/statements.h"

namespace rehome::run {

void LatestChanges::begin(pg::Connection& target) const {
  for (const plan::Entity& each : plan_.entities) ledger::forget_other_latest_change(target, each);
}

std::optional<std::string> LatestChanges::seen(pg::Connection& target,
                                               const plan::Entity& entity) const {
  if (!entity.detection || thorough_) return std::nullopt;
  return ledger::read_latest_change(target, entity);
}

void LatestChanges::note(pg::Connection& target, pg::Connection& source) const {
  for (const plan::Entity& each : plan_.entities) {
    if (!each.detection) continue;
    const auto rows = source.execute({"find latest change", plan::latest_change_statement(each)});
    if (const auto latest = rows.optional_text(0, 0))
      ledger::note_latest_change(target, each, *latest);
  }
}

}  // namespace rehome::run
