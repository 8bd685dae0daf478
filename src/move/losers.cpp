#include "move/losers.h"

#include "ledger/key.h"
#include "pg/savepoint.h"
#include "plan/statements.h"

namespace rehome::move {

namespace {

std::unordered_set<std::string> find_losers_of(pg::Connection& source, const plan::Entity& entity,
                                               const plan::UniqueCheck& check) {
  std::unordered_set<std::string> keys;
  pg::CopyOut copy = source.copy_out(
      {"find losers of " + check.constraint,
       "COPY (" + plan::losers_statement(entity, check) + ") TO STDOUT (FORMAT binary)"});
  pg::RowReader reader;
  while (const auto message = copy.read()) {
    const auto fields = reader.read(*message);
    if (!fields.empty()) keys.insert(ledger::pack_key(fields));
  }
  return keys;
}

// When an expression fails on some row, the duplicates cannot be told beforehand: the row is held
// when it is derived, and the target's own constraint decides between the others.
Losers find_losers(pg::Connection& source, const plan::Entity& entity) {
  Losers losers;
  for (const plan::UniqueCheck& check : entity.unique_checks) {
    pg::Savepoint snapshot(source, "losers");
    try {
      losers.push_back(find_losers_of(source, entity, check));
      snapshot.release();
    } catch (const pg::Error& error) {
      if (pg::classify(error).action != pg::Action::refuse_row) throw;
      snapshot.undo();
      losers.emplace_back();
    }
  }
  return losers;
}

}  // namespace

void LoserSearch::find(pg::Connection& source) {
  std::call_once(asked_, [&] {
    losers_ = find_losers(source, entity_);
    found_ = true;
  });
}

LoserSearches::LoserSearches(const plan::Plan& plan) {
  for (const plan::Entity& each : plan.entities)
    by_entity_.emplace(each.name, std::make_unique<LoserSearch>(each));
}

}  // namespace rehome::move
