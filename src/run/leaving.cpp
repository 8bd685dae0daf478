#include "run/leaving.h"

#include <algorithm>

#include "ledger/leaving.h"
#include "move/patience.h"
#include "move/remover.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::run {

namespace {

double allowed_rows(const plan::Entity& entity, const std::optional<DeleteLimit>& limit,
                    std::int64_t placed) {
  if (limit && !limit->percent) return static_cast<double>(limit->rows);
  const double percent = limit ? *limit->percent : entity.removal.percent_max;
  return static_cast<double>(placed) * percent / 100;
}

}  // namespace

void Leaving::note_absent(const plan::Entity& entity) {
  const auto ranges = ledger::cut_absent(facts_.control, facts_.plan, entity);
  if (ranges.empty()) return;
  ledger::add_batches(facts_.control, facts_.run_id, entity, ranges);
  facts_.worker.work_alone(entity, facts_.stopped,
                           [&](pg::Connection& target, const ledger::Batch& batch) {
                             pg::begin_target(target, facts_.plan.target_search_path);
                             ledger::lock_batch(target, batch);
                             ledger::note_absent(target, entity, batch.keys, facts_.run_id);
                             ledger::finish_batch(target, batch, {});
                             work::failpoint("absence_before_commit");
                             target.commit();
                           });
}

void Leaving::apply_brakes() {
  for (const plan::Entity& each : facts_.plan.entities) {
    if (each.removal.policy == mapping::DeletePolicy::report) {
      ledger::forget_all_staying(facts_.control, each);
      continue;
    }
    const ledger::LeavingCounts counts = ledger::count_leaving(facts_.control, each);
    const double allowed = allowed_rows(each, facts_.limit, counts.placed);
    if (counts.untried == 0 || static_cast<double>(counts.untried) <= allowed) continue;
    braked_[each.name] = counts.untried;
    facts_.events.on(events::DeletesBraked{each.name, counts.untried, counts.placed});
  }
  work::failpoint("brakes_applied");
}

void Leaving::note_braked(ledger::Account& account) const {
  for (ledger::EntityAccount& each : account.entities) {
    const auto braked = braked_.find(each.name);
    if (braked != braked_.end()) each.braked = braked->second;
  }
}

std::int64_t Leaving::remove_gone() {
  std::int64_t removed = 0;
  const auto& entities = facts_.plan.entities;
  for (auto each = entities.rbegin(); each != entities.rend(); ++each) {
    if (facts_.stopped()) break;
    if (is_removed(*each)) removed += remove_gone(*each);
  }
  return removed;
}

bool Leaving::is_removed(const plan::Entity& entity) const {
  return entity.removal.policy != mapping::DeletePolicy::report && !braked_.contains(entity.name);
}

std::int64_t Leaving::remove_gone(const plan::Entity& entity) {
  const auto ranges = ledger::cut_leaving(facts_.control, entity);
  if (ranges.empty()) return 0;
  ledger::add_batches(facts_.control, facts_.run_id, entity, ranges);
  move::RemoverFacts facts{facts_.plan, entity, {&entity}, facts_.run_id, facts_.stopped};
  for (const std::string& name : entity.removal.together) {
    const plan::Entity* other = facts_.plan.find_entity(name);
    if (other != &entity && is_removed(*other)) facts.together.push_back(other);
  }
  std::int64_t removed = 0;
  facts_.worker.work_alone(entity, facts_.stopped,
                           [&](pg::Connection& target, const ledger::Batch& batch) {
                             removed += move::Remover(target, facts).remove(batch);
                           });
  if (removed > 0) facts_.events.on(events::RowsRemoved{entity.name, removed});
  return removed;
}

}  // namespace rehome::run
