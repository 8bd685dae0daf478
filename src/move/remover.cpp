#include "move/remover.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/amount.h"
#include "ledger/key.h"
#include "move/careful_road.h"
#include "move/patience.h"
#include "move/stream.h"
#include "pg/savepoint.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::move {

namespace {

bool fills(const plan::Referrer& referrer, const plan::Entity& entity) {
  const auto& names = referrer.entities;
  return std::find(names.begin(), names.end(), entity.name) != names.end();
}

ledger::HeldRow staying(const plan::Entity& entity, const plan::KeyText& key) {
  ledger::HeldRow row;
  row.key = key;
  row.place = base::write_position(entity.removal.position);
  return row;
}

ledger::HeldRow changed_by_others(const plan::Entity& entity, const plan::KeyText& key) {
  ledger::HeldRow row = staying(entity, key);
  row.reason = "gone:conflict";
  row.message = "the row is gone from the source, but was changed in the target since it was moved";
  return row;
}

ledger::HeldRow never_taken(const plan::Entity& entity, const plan::KeyText& key) {
  ledger::HeldRow row = staying(entity, key);
  row.reason = "gone:not_adopted";
  row.message =
      "the row is gone from the source, but was in the target before, and is not ours to remove";
  return row;
}

// In a rehearsal its rows are looked for in a stand-in.
std::string name_of_table(const plan::Plan& plan, const plan::Referrer& referrer) {
  for (const plan::Entity& each : plan.entities) {
    if (each.target_table == referrer.table) return each.real_table().text();
  }
  return referrer.table.text();
}

ledger::HeldRow referred(const plan::Plan& plan, const plan::Entity& entity,
                         const plan::KeyText& key, const plan::Referrer& referrer,
                         const std::string& first) {
  const std::string table = name_of_table(plan, referrer);
  ledger::HeldRow row = staying(entity, key);
  row.reason = "gone:referenced";
  row.message = fmt::format("the row is gone from the source, but rows of {} refer to it", table);
  row.constraint = referrer.constraint;
  row.detail = fmt::format("{} {}", table, first);
  return row;
}

bool removes(const plan::Entity& entity) {
  return entity.removal.policy == mapping::DeletePolicy::remove;
}

}  // namespace

Remover::Remover(pg::Connection& target, const RemoverFacts& facts)
    : target_(target), facts_(facts), entity_(facts.entity) {}

std::int64_t Remover::remove(const ledger::Batch& batch) {
  Patience patience(target_, facts_.stopped);
  removed_ = 0;
  std::optional<ledger::Batch> next = batch;
  while (next && !facts_.stopped()) {
    try {
      next = remove_part(*next);
    } catch (const pg::CommitUnknown&) {
      throw;
    } catch (const pg::Error& error) {
      target_.rollback();
      if (!patience.waits_for(error)) throw;
    }
  }
  return removed_;
}

std::optional<ledger::Batch> Remover::remove_part(const ledger::Batch& batch) {
  pg::begin_target(target_, facts_.plan.target_search_path);
  ledger::lock_batch(target_, batch);
  work::failpoint("removal_locked");
  place_ = {facts_.run_id, batch.id};
  savepoints_ = 0;
  waiting_.clear();
  counts_.clear();
  staying_.clear();
  for (const plan::Entity* each : facts_.together)
    target_.execute({"create leaving rows", plan::create_leaving_statement(*each)});
  remove_rows(ledger::read_leaving(target_, entity_, batch.keys));
  std::optional<ledger::Batch> rest;
  if (!waiting_.empty()) rest = ledger::add_child(target_, batch, listed(waiting_));
  finish(batch);
  return rest;
}

void Remover::finish(const ledger::Batch& batch) {
  for (const auto& [entity, rows] : staying_) {
    std::vector<ledger::HeldRow> list;
    for (const auto& [key, row] : rows) list.push_back(row);
    ledger::note_staying(target_, *entity, place_, std::move(list));
  }
  for (const auto& [entity, counts] : counts_) {
    if (entity == &entity_ || counts.deleted == 0) continue;
    ledger::finish_batch(target_, ledger::add_child(target_, batch, *entity, listed({})), counts);
  }
  ledger::finish_batch(target_, batch, counts_[&entity_]);
  work::failpoint("removal_before_commit");
  target_.commit();
  work::failpoint("removal_committed");
  for (const auto& [entity, counts] : counts_) removed_ += counts.deleted + counts.marked;
}

void Remover::remove_rows(Keys keys) {
  if (keys.empty()) return;
  if (savepoints_ >= k_savepoints_max) {
    waiting_.insert(waiting_.end(), keys.begin(), keys.end());
    return;
  }
  const auto refusal = try_remove(keys);
  if (!refusal) return;
  if (keys.size() == 1) return hold(keys.front(), *refusal);
  const Keys first = keys.first((keys.size() + 1) / 2);
  remove_rows(first);
  remove_rows(keys.subspan(first.size()));
}

std::optional<pg::ErrorFields> Remover::try_remove(Keys keys) {
  ++savepoints_;
  pg::Savepoint savepoint(target_, "leaving");
  std::optional<pg::ErrorFields> refusal;
  try {
    stage(keys);
    if (removes(entity_)) refuse_referred();
    refusal = remove_staged();
    if (!refusal) {
      note_refusals();
      savepoint.release();
      count_left();
      return std::nullopt;
    }
  } catch (const pg::Error& error) {
    if (pg::classify(error).action != pg::Action::refuse_row) throw;
    refusal = error.fields();
  }
  savepoint.undo();
  return refusal;
}

// Rows are locked before they are looked at: from then on nobody can come to refer to them.
void Remover::stage(Keys keys) {
  ledger::stage_leaving(target_, entity_, {keys.begin(), keys.end()});
  while (stage_referrers() > 0) {
  }
  for (const plan::Entity* each : facts_.together) {
    target_.execute({"lock leaving rows", plan::lock_leaving_statement(*each)});
    ledger::refuse_changed(target_, facts_.plan, *each);
  }
}

// Of the entities that are tied to ours only: the rows of all others that could go have gone
// before.
std::int64_t Remover::stage_referrers() {
  std::int64_t staged = 0;
  for (const plan::Entity* parent : facts_.together) {
    for (const plan::Referrer& referrer : parent->removal.referrers) {
      for (const plan::Entity* child : facts_.together) {
        if (fills(referrer, *child))
          staged += ledger::stage_referrers(target_, *parent, referrer, *child);
      }
    }
  }
  return staged;
}

// A row that stays makes those stay to which it refers.
void Remover::refuse_referred() {
  bool any = true;
  while (any) {
    any = false;
    for (const plan::Entity* each : facts_.together) {
      for (std::size_t referrer = 0; referrer < each->removal.referrers.size(); ++referrer) {
        const std::string statement = plan::referred_statement(*each, referrer, facts_.together);
        any = target_.execute({"find rows that are referred to", statement}).affected() > 0 || any;
      }
    }
  }
}

std::optional<pg::ErrorFields> Remover::remove_staged() {
  std::vector<std::int64_t> leaving;
  std::int64_t all = 0;
  for (const plan::Entity* each : facts_.together) {
    leaving.push_back(ledger::keep_leaving_images(target_, *each, place_));
    all += leaving.back();
  }
  left_.assign(leaving.size(), 0);
  if (all == 0) return std::nullopt;
  if (removes(entity_)) {
    const auto rows =
        target_.execute({"delete leaving rows", plan::remove_statement(facts_.together)});
    for (int column = 0; column < rows.columns(); ++column)
      left_[static_cast<std::size_t>(column)] = rows.integer(0, column);
  } else {
    left_.front() =
        target_.execute({"mark leaving rows", plan::mark_statement(entity_)}).affected();
  }
  target_.execute({"check constraints", "SET CONSTRAINTS ALL IMMEDIATE"});
  if (left_ != leaving) {
    pg::ErrorFields refusal;
    refusal.message = "a trigger or rule of the target keeps the row as it is";
    return refusal;
  }
  for (const plan::Entity* each : facts_.together) ledger::note_left(target_, *each, facts_.run_id);
  return std::nullopt;
}

void Remover::count_left() {
  for (std::size_t index = 0; index < left_.size(); ++index) {
    ledger::BatchCounts& counts = counts_[facts_.together[index]];
    (removes(entity_) ? counts.deleted : counts.marked) += left_[index];
  }
}

void Remover::note_refusals() {
  for (const plan::Entity* each : facts_.together) {
    note_refusals_of(*each);
    ledger::clear_leaving(target_, *each);
  }
}

void Remover::note_refusals_of(const plan::Entity& entity) {
  const std::vector<ledger::Refusal> refusals = ledger::read_refusals(target_, entity);
  if (refusals.empty()) return;
  const auto referrers = name_referrers(entity, refusals);
  std::vector<plan::KeyText> kept_for_others;
  for (const auto& [key, cause] : refusals) {
    if (cause == ledger::k_changed_by_others) {
      staying_[&entity].insert_or_assign(key, changed_by_others(entity, key));
    } else if (cause == ledger::k_never_taken) {
      staying_[&entity].insert_or_assign(key, never_taken(entity, key));
    } else if (cause == ledger::k_kept_for_others) {
      kept_for_others.push_back(key);
    } else if (cause >= 0) {
      const auto named = referrers.find(key);
      const plan::Referrer& referrer = entity.removal.referrers[static_cast<std::size_t>(cause)];
      staying_[&entity].insert_or_assign(key,
                                         referred(facts_.plan, entity, key, referrer,
                                                  named == referrers.end() ? "" : named->second));
    }
  }
  ledger::forget_staying(target_, entity, facts_.run_id, kept_for_others);
}

// The first row that refers to each, and how many others do.
std::map<plan::KeyText, std::string> Remover::name_referrers(
    const plan::Entity& entity, const std::vector<ledger::Refusal>& refusals) {
  std::map<plan::KeyText, std::string> named;
  std::set<int> causes;
  for (const ledger::Refusal& each : refusals) causes.insert(each.cause);
  for (const int cause : causes) {
    if (cause < 0) continue;
    const auto rows = target_.execute(
        {"name rows that refer to leaving rows",
         plan::name_referrers_statement(entity, static_cast<std::size_t>(cause), facts_.together)});
    for (int row = 0; row < rows.count(); ++row) {
      plan::KeyText key = ledger::read_key(rows, row, entity.key.size());
      const int parts = static_cast<int>(entity.key.size());
      const std::int64_t others = rows.integer(row, parts + 1);
      std::string text(rows.text(row, parts));
      if (others > 0) text += fmt::format(" and {} more", base::group_digits(others));
      named.emplace(std::move(key), std::move(text));
    }
  }
  return named;
}

void Remover::hold(const plan::KeyText& key, const pg::ErrorFields& fields) {
  ledger::HeldRow row = held_by_server(entity_, fields, key);
  row.reason = "gone:refused";
  row.place = base::write_position(entity_.removal.position);
  row.message =
      fmt::format("the row is gone from the source, but the target refuses to {} it: {}",
                  removes(entity_) ? "delete" : "mark",
                  fields.sqlstate.empty() ? fields.message : pg::condition_name(fields.sqlstate));
  staying_[&entity_].insert_or_assign(key, std::move(row));
}

}  // namespace rehome::move
