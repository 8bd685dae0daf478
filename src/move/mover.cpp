#include "move/mover.h"

#include <fmt/format.h>

#include "ledger/key.h"
#include "move/patience.h"
#include "move/stream.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::move {

namespace {

// One bad row in a batch is left out, and the fast road taken again. A row refused within the first
// eighth of a batch is rarely the only one.
constexpr std::int64_t k_fast_again_after = 8;

bool derives(const ledger::Difference& difference) {
  return difference.whole || !difference.fresh.empty() || !difference.changed.empty();
}

}  // namespace

Mover::Mover(Sessions sessions, const MoverFacts& facts)
    : sessions_(sessions),
      facts_(facts),
      entity_(facts.entity),
      translator_(facts.entity, facts.losers.losers(),
                  base::IdMaker(facts.name_space, facts.entity.name), facts.coming),
      ledger_rows_(facts.entity, facts.run_id),
      adoptions_(facts.entity) {}

Mover::~Mover() = default;

void Mover::move(ledger::Batch batch, ledger::Difference difference,
                 const std::optional<ledger::Batch>& next) {
  next_ = next;
  Patience patience(sessions_.target, facts_.stopped);
  waiting_.clear();
  waiting_.push_back({std::move(batch)});
  while (!waiting_.empty()) {
    Waiting now = std::move(waiting_.back());
    ledger::Batch& current = now.batch;
    waiting_.pop_back();
    try {
      careful_ = careful_ || now.careful;
      take_road(current, difference);
      if (facts_.stopped()) return;
      continue;
    } catch (const RowsDropped&) {
      return_to_snapshot();
      careful_ = true;
    } catch (const pg::CommitUnknown&) {
      throw;
    } catch (const pg::Error& error) {
      return_to_snapshot();
      if (!can_go_on(error, current, difference) && !patience.waits_for(error)) throw;
      if (facts_.stopped()) return;
    }
    waiting_.push_back(std::move(now));
  }
}

// One road for what is left of the batch; parts for later transactions join those that wait.
void Mover::take_road(ledger::Batch& batch, ledger::Difference& difference) {
  adopting_ = find_adoptable(difference);
  // Nothing of a row that has only a natural key is known before it is staged.
  const bool told_on_the_way =
      !entity_.reads_back_row_hash && !(adopting_ && facts_.adoption->by_natural_key());
  // What a stand-in has beside the rows written to it, only probes see.
  careful_ = careful_ || !difference.changed.empty() || (adopting_ && !told_on_the_way) ||
             entity_.is_rehearsed();
  if (!derives(difference)) {
    Part part;
    begin_part(batch, difference, part);
    finish_part(batch, difference, part);
  } else if (careful_) {
    for (ledger::Batch& each : take_careful_road(batch, difference))
      waiting_.push_back({std::move(each)});
  } else if (adopting_) {
    take_adopting_road(batch, difference);
  } else {
    take_fast_road(batch, difference);
  }
  careful_ = false;
}

// Only what the ledger does not know to be here can be found in the target.
bool Mover::find_adoptable(const ledger::Difference& difference) {
  const bool any = difference.whole || !difference.fresh.empty() || difference.asks_again;
  return any && facts_.adoption != nullptr &&
         facts_.adoption->gather(sessions_.target, sessions_.lookup);
}

// A row is at fault: it is isolated, and the batch taken again.
bool Mover::can_go_on(const pg::Error& error, const ledger::Batch& batch,
                      const ledger::Difference& difference) {
  if (pg::classify(error).action != pg::Action::refuse_row) return false;
  if (error.side() == pg::Side::source) {
    return isolate_failing_keys(derived_keys(batch, difference));
  }
  if (careful_) return false;
  careful_ = true;
  const auto line = error.copy_line();
  if (line && error.statement() == copy_name()) {  // not the ledger's COPY
    const auto row = static_cast<std::int64_t>(*line);
    add_suspect(row, error.fields());
    careful_ = suspects_.size() > 1 || row < entity_.batch_rows / k_fast_again_after;
  }
  return true;
}

void Mover::ready_translator() {
  if (facts_.departures != nullptr) facts_.departures->forget(sessions_.lookup);
  facts_.losers.find(sessions_.lookup);
  translator_.look_up_in(facts_.parents.get());
}

// The first transaction of a batch also settles what needs no derivation; its rows are counted
// there.
void Mover::begin_part(const ledger::Batch& batch, const ledger::Difference& difference,
                       Part& part) {
  if (derives(difference)) ready_translator();
  pg::begin_target(sessions_.target, facts_.plan.target_search_path);
  ledger::lock_batch(sessions_.target, batch);
  work::failpoint("batch_locked");
  if (!difference.begun) begin_batch(batch, difference, part);
  place_ = {facts_.run_id, batch.id};
  placed_.clear();
  held_before_.clear();
  if (difference.changed.empty()) return;
  const plan::KeySet keys = derived_keys(batch, difference);
  placed_ = ledger::read_placed(sessions_.target, entity_, keys);
  if (difference.asks_again)
    held_before_ = ledger::read_held_before(sessions_.target, entity_, keys);
}

void Mover::begin_batch(const ledger::Batch& batch, const ledger::Difference& difference,
                        Part& part) {
  part.counts = difference.counts;
  if (batch.keys.without_key) {
    ledger::hold_keyless(sessions_.target, entity_, {facts_.run_id, batch.id},
                         difference.counts.held);
  }
  if (!difference.back.empty())
    ledger::mark_back(sessions_.target, entity_, listed(difference.back), facts_.run_id);
  if (!difference.gone.empty())
    ledger::mark_gone(sessions_.target, entity_, listed(difference.gone), facts_.run_id);
  translator_.former_keys().clear();
  if (!difference.fresh.empty() && entity_.id_source == plan::IdSource::sequence) {
    translator_.former_keys() =
        ledger::read_former_keys(sessions_.target, entity_, listed(difference.fresh));
  }
  if (!difference.fresh.empty())
    ledger::forget_unplaced(sessions_.target, entity_, listed(difference.fresh));
  if (!difference.reverted.empty())
    ledger::forget_refused(sessions_.target, entity_, facts_.run_id, listed(difference.reverted));
}

void Mover::finish_part(const ledger::Batch& batch, ledger::Difference& difference, Part& part) {
  part.counts.bytes = part.bytes;
  add_failing_rows(part);
  if (!part.forgotten.empty())
    ledger::forget_unplaced(sessions_.target, entity_, listed(part.forgotten));
  ledger::release_found(sessions_.target, entity_, part.claimed);
  ledger_rows_.copy_to(sessions_.target);
  ledger_rows_.clear();
  adoptions_.copy_to(sessions_.target);
  adoptions_.clear();
  ledger::note_current(sessions_.target, entity_, facts_.run_id, part.current);
  ledger::note_passed_over(sessions_.target, entity_, facts_.run_id, part.passed_over);
  ledger::note_refused(sessions_.target, entity_, facts_.run_id, part.refused);
  hold_explained(batch, part.held);
  ledger::note_open_refs(sessions_.target, entity_, facts_.run_id, batch.id, part.open_refs);
  ledger::finish_batch(sessions_.target, batch, part.counts);
  work::failpoint("batch_before_commit");
  sessions_.target.commit();
  difference.begun = true;
  failing_held_.clear();
  failing_rows_.clear();
  work::failpoint("batch_committed");
  // On the careful road each row has been noted in its turn.
  if (!careful_) {
    for (const Suspect& each : suspects_)
      facts_.breaker.note_refusal(each.fields.sqlstate, each.fields.constraint);
    facts_.breaker.note_success(part.counts.inserted);
  }
  suspects_.clear();
  if (facts_.finished) facts_.finished(part.counts);
}

void Mover::add_failing_rows(Part& part) {
  std::vector<plan::KeyText> keys;
  for (const ledger::HeldRow& each : failing_held_) keys.push_back(each.key);
  std::vector<std::optional<ledger::Found>> found(keys.size());
  if (adopting_) found = ledger::read_found(sessions_.target, entity_, keys);
  for (std::size_t index = 0; index < failing_rows_.size(); ++index) {
    const FailingRow& row = failing_rows_[index];
    const std::vector<pg::Field> key(row.key_fields.begin(), row.key_fields.end());
    const bool known = found[index] && found[index]->texts.size() == 1;
    hold(part, key, row.source_hash, failing_held_[index],
         known ? &found[index]->target_key : nullptr);
  }
}

void Mover::hold(Part& part, std::span<const pg::Field> key, std::int64_t source_hash,
                 ledger::HeldRow held, const std::vector<std::string>* target_key) {
  ++part.counts.source_rows;
  const std::string packed = ledger::pack_key(key);
  const auto placed = placed_.find(packed);
  if (placed == placed_.end()) {
    ++part.counts.held;
    if (is_held_so(packed, source_hash, held, target_key)) return;
    forget_held(part, packed);
    const auto ids = target_key == nullptr
                         ? std::vector<pg::Field>()
                         : std::vector<pg::Field>(target_key->begin(), target_key->end());
    ledger_rows_.add_held(key, ids, source_hash);
  } else {
    ++part.counts.kept;
    const ledger::Placed& row = placed->second;
    const bool known =
        row.asked_again && held.reason == "conflict" && row.refused_hash == source_hash;
    if (known) return;  // nothing has changed, and nothing is written
    part.refused.push_back({held.key, source_hash, {}});
  }
  part.held.push_back(std::move(held));
}

// Nothing has changed, and nothing is written.
bool Mover::is_held_so(const std::string& key, std::int64_t source_hash,
                       const ledger::HeldRow& held,
                       const std::vector<std::string>* target_key) const {
  const auto before = held_before_.find(key);
  if (before == held_before_.end()) return false;
  const ledger::HeldVersion& version = before->second;
  return version.source_hash == source_hash && version.reason == held.reason &&
         version.detail == held.detail &&
         version.target_key == (target_key == nullptr ? std::vector<std::string>() : *target_key);
}

void Mover::forget_held(Part& part, const std::string& key) {
  if (held_before_.contains(key)) part.forgotten.push_back(ledger::unpack_key(entity_, key));
}

void Mover::return_to_snapshot() {
  sessions_.target.rollback();
  ledger_rows_.clear();
  adoptions_.clear();
  ahead_.reset();
}

std::size_t Mover::count_ids(const plan::KeySet& keys) const {
  return keys.listed ? keys.keys.size() - placed_.size()
                     : static_cast<std::size_t>(entity_.batch_rows) + 1;
}

void Mover::reserve_ids(std::size_t wanted) {
  if (entity_.id_source != plan::IdSource::sequence) return;
  if (translator_.reserved_ids().size() >= wanted) return;
  draw_ids(sessions_.target, entity_, wanted - translator_.reserved_ids().size(),
           translator_.reserved_ids());
}

void draw_ids(pg::Connection& target, const plan::Entity& entity, std::size_t count,
              std::deque<std::int64_t>& ids) {
  const auto rows = target.query(
      {"reserve ids", "SELECT nextval($1::regclass) FROM generate_series(1, $2::integer)"},
      {entity.sequence, std::to_string(count)});
  for (int row = 0; row < rows.count(); ++row) ids.push_back(rows.integer(row, 0));
}

}  // namespace rehome::move
