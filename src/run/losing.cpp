#include "run/losing.h"

#include "ledger/loser.h"
#include "ledger/rows.h"
#include "ledger/run.h"

namespace rehome::run {

void Losing::begin(pg::Connection& target, int run_id) {
  follows_unfinished_ = ledger::follows_unfinished(target, run_id);
  for (const plan::Entity& each : plan_.entities)
    if (ledger::is_empty(target, each)) first_loads_.insert(each.name);
}

std::vector<plan::KeyText> Losing::read_turned(const BothSides& both, const plan::Entity& entity,
                                               bool rows_are_gone) {
  move::LoserSearch& search = searches_.of(entity);
  if (!search.is_found() && !rows_are_gone && !follows_unfinished_) return {};
  search.find(both.source);
  if (first_loads_.contains(entity.name)) return {};
  return ledger::read_turned(both.target, entity, search.losers());
}

void Losing::note(pg::Connection& target, const plan::Entity& entity) {
  const move::LoserSearch& search = searches_.of(entity);
  if (search.is_found()) ledger::note_losers(target, entity, search.losers());
}

}  // namespace rehome::run
