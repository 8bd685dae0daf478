#include "move/adoption.h"

#include "ledger/key.h"
#include "ledger/schema.h"
#include "pg/savepoint.h"

namespace rehome::move {

namespace {

// When an expression fails on some row, who shares what cannot be told: the first who claims a row
// of the target then has it.
Rivals find_rivals(pg::Connection& source, const plan::Entity& entity) {
  Rivals rivals;
  if (!entity.adoption.rivals) return rivals;
  pg::Savepoint snapshot(source, "rivals");
  try {
    pg::CopyOut copy = source.copy_out(
        {"find rivals of " + entity.name,
         "COPY (" + plan::rivals_statement(entity) + ") TO STDOUT (FORMAT binary)"});
    pg::RowReader reader;
    const std::size_t parts = entity.key.size();
    while (const auto message = copy.read()) {
      const auto fields = reader.read(*message);
      if (fields.empty()) continue;
      plan::KeyText rival;
      for (const pg::Field& each : fields.subspan(parts)) rival.emplace_back(each.value());
      rivals.emplace(ledger::pack_key(fields.first(parts)), std::move(rival));
    }
    snapshot.release();
  } catch (const pg::Error& error) {
    if (pg::classify(error).action != pg::Action::refuse_row) throw;
    snapshot.undo();
    rivals.clear();
  }
  return rivals;
}

}  // namespace

bool Adoption::gather(pg::Connection& target, pg::Connection& lookup) {
  if (!entity_.adopts()) return false;
  const std::lock_guard lock(mutex_);
  if (!counts_) {
    const ledger::FoundCounts counts = ledger::gather_found(target, plan_, entity_);
    if (counts.with_natural_key > 0) rivals_ = find_rivals(lookup, entity_);
    counts_ = counts;
  }
  return counts_->rows > 0;
}

Adoptions::Adoptions(const plan::Plan& plan) {
  for (const plan::Entity& each : plan.entities)
    by_entity_.emplace(each.name, std::make_unique<Adoption>(plan, each));
}

}  // namespace rehome::move
