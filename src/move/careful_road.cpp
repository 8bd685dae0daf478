// The careful road: for a batch the server refused. Rows go into a temporary table, set-wise probes
// name most bad rows at once, and what they do not see is found by halving under savepoints, of
// which one transaction spends few.
#include "move/careful_road.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/ensure.h"
#include "ledger/key.h"
#include "move/mover.h"
#include "move/row_group.h"
#include "move/stream.h"
#include "pg/savepoint.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::move {

std::string ordinals(std::span<const std::size_t> rows) {
  return fmt::format("{{{}}}", fmt::join(rows, ","));
}

namespace {

ledger::HeldRow held_by_probe(const plan::Probe& probe, const plan::KeyText& key) {
  ledger::HeldRow held;
  held.key = key;
  held.reason = "refused";
  held.message = fmt::format("constraint {} of the target refuses the row", probe.constraint);
  held.sqlstate = probe.sqlstate;
  held.constraint = probe.constraint;
  if (!probe.positions.empty()) held.place = base::write_position(probe.positions.front());
  return held;
}

// The column an error speaks of, if the mapping fills it.
std::string blamed_place(const plan::Entity& entity, const pg::ErrorFields& fields) {
  if (const plan::Column* column = entity.find_column(fields.column))
    return base::write_position(column->position);
  for (const plan::Probe& each : entity.probes) {
    if (each.constraint == fields.constraint && !each.positions.empty())
      return base::write_position(each.positions.front());
  }
  return base::write_position(entity.position);
}

}  // namespace

ledger::HeldRow held_by_server(const plan::Entity& entity, const pg::ErrorFields& fields,
                               const plan::KeyText& key) {
  ledger::HeldRow held;
  held.key = key;
  held.reason = "refused";
  held.message = !fields.constraint.empty()
                     ? fmt::format("constraint {} of the target refuses the row", fields.constraint)
                 : fields.sqlstate.empty() ? fields.message
                                           : fmt::format("the target refuses the row: {}",
                                                         pg::condition_name(fields.sqlstate));
  held.sqlstate = fields.sqlstate;
  held.constraint = fields.constraint;
  held.detail = fields.message + (fields.detail.empty() ? "" : "\n" + fields.detail);
  held.place = blamed_place(entity, fields);
  return held;
}

StagedRows::StagedRows(pg::Connection& target, const plan::Entity& entity, ledger::BatchPlace place,
                       bool refs_may_fill)
    : target_(target), entity_(entity), place_(place), refs_may_fill_(refs_may_fill) {}

void StagedRows::add(const Crossing& crossing, std::string_view body,
                     const std::vector<ledger::OpenRef>& open_refs, const ledger::Placed* placed,
                     const ledger::Found* found) {
  Row row;
  row.crossing = crossing;
  row.body = body;
  row.open_refs = open_refs;
  row.placed = placed;
  row.found = found != nullptr;
  row.pointed_at = found != nullptr && found->pointed_at;
  rows_.push_back(std::move(row));
}

// Even without limits a column refuses what is no value of its type. The server names the row, so
// each costs one more attempt. Rows before it were read without complaint; after many attempts only
// those go on, and the others wait.
void StagedRows::stage() {
  target_.execute({"create staged", plan::stage_statement(entity_)});
  staged_ = rows_.size();
  while (const auto refusal = try_stage()) {
    const auto& [index, fields] = *refusal;
    rows_[index].refusal = held_by_server(entity_, fields, key_of(rows_[index]));
    if (savepoints_ >= k_stagings_max) staged_ = index;
  }
}

std::optional<std::pair<std::size_t, pg::ErrorFields>> StagedRows::try_stage() {
  ++savepoints_;
  pg::Savepoint savepoint(target_, "staging");
  std::vector<std::size_t> sent;
  try {
    pg::CopyIn copy =
        target_.copy_in({"copy staged " + entity_.name, plan::copy_staged_statement(entity_)});
    std::string out;
    pg::RowWriter writer(out);
    writer.header();
    for (std::size_t index = 0; index < staged_; ++index) {
      if (rows_[index].refusal) continue;
      sent.push_back(index);
      writer.row(static_cast<int>(entity_.columns.size()) + (entity_.changed_at ? 2 : 1));
      writer.int32(static_cast<std::int32_t>(index));
      copy.write(out);
      copy.write(rows_[index].body);
      copy.write(rows_[index].crossing.changed_at);
      out.clear();
    }
    writer.trailer();
    copy.write(out);
    const std::int64_t taken = copy.finish();
    base::ensure(taken == static_cast<std::int64_t>(sent.size()),
                 "the staging table took another number of rows than it was sent");
  } catch (const pg::Error& error) {
    const auto line = error.copy_line();
    if (pg::classify(error).action != pg::Action::refuse_row || !line || *line > sent.size()) throw;
    savepoint.undo();
    return std::pair(sent[*line - 1], error.fields());
  }
  savepoint.release();
  return std::nullopt;
}

std::vector<std::size_t> StagedRows::open_rows(Write write) const {
  std::vector<std::size_t> open;
  for (std::size_t index = 0; index < staged_; ++index) {
    const Row& row = rows_[index];
    const bool mine = row.in_target() == (write == Write::updates);
    if (mine && !row.refusal && row.outcome == Outcome::waits) open.push_back(index);
  }
  return open;
}

// A probe that fails itself says nothing: halving then finds what the probes would have named.
void StagedRows::probe(Write write) {
  pg::Savepoint savepoint(target_, "probes");
  try {
    const bool any = mark_refused(write);
    savepoint.release();
    if (any) read_refusals();
  } catch (const pg::Error& error) {
    if (pg::classify(error).action != pg::Action::refuse_row) throw;
    savepoint.undo();
  }
}

namespace {

// Of a row that is updated, a probe may ask only for what the update writes. And its unique value
// may be one that another update is about to let go.
bool fits_updates(const plan::Entity& entity, const plan::Probe& probe) {
  return probe.kind != plan::Probe::Kind::unique &&
         std::all_of(probe.columns.begin(), probe.columns.end(), [&](const std::string& each) {
           const plan::Column* column = entity.find_column(each);
           return column != nullptr && plan::is_updated(entity, *column);
         });
}

}  // namespace

bool StagedRows::mark_refused(Write write) {
  const std::string rows = ordinals(open_rows(write));
  bool any = false;
  for (std::size_t probe = 0; probe < entity_.probes.size(); ++probe) {
    if (write == Write::updates && !fits_updates(entity_, entity_.probes[probe])) continue;
    any = target_.query({"probe " + entity_.probes[probe].constraint,
                         plan::probe_statement(entity_, probe)},
                        {rows})
                  .affected() > 0 ||
          any;
  }
  return any;
}

void StagedRows::read_refusals() {
  const auto refused = target_.execute(
      {"read refusals", "SELECT ordinal, refusal FROM pg_temp.staged WHERE refusal IS NOT NULL"});
  for (int row = 0; row < refused.count(); ++row) {
    Row& staged = rows_[static_cast<std::size_t>(refused.integer(row, 0))];
    staged.refusal = held_by_probe(
        entity_.probes[static_cast<std::size_t>(refused.integer(row, 1))], key_of(staged));
  }
}

plan::KeyText StagedRows::key_of(const Row& row) const {
  return ledger::key_text(entity_, row.crossing.key_views());
}

std::optional<pg::ErrorFields> StagedRows::try_write(Write write, Indexes rows) {
  ++savepoints_;
  pg::Savepoint savepoint(target_, "rows");
  std::optional<pg::ErrorFields> refusal;
  try {
    const std::int64_t written =
        write == Write::updates ? write_updates(rows) : write_inserts(rows);
    target_.execute({"check constraints", "SET CONSTRAINTS ALL IMMEDIATE"});
    if (written != static_cast<std::int64_t>(rows.size())) {
      refusal = pg::ErrorFields{};
      refusal->message = "a trigger or rule of the target drops the row";
    }
  } catch (const pg::Error& error) {
    if (pg::classify(error).action != pg::Action::refuse_row) throw;
    refusal = error.fields();
  }
  if (refusal) {
    savepoint.undo();
    return refusal;
  }
  savepoint.release();
  for (const std::size_t index : rows) {
    rows_[index].refusal.reset();
    rows_[index].outcome = Outcome::stands;
  }
  return std::nullopt;
}

std::int64_t StagedRows::write_inserts(Indexes rows) {
  return target_
      .query({"insert staged " + entity_.name, plan::insert_staged_statement(entity_)},
             {ordinals(rows)})
      .affected();
}

// Each suspect goes alone: when the server has named all bad rows, two attempts for each do. Rows
// keep their order, so that of two with one unique value the lower key stands.
void StagedRows::insert(const std::vector<std::size_t>& suspects) {
  probe(Write::inserts);
  const std::vector<std::size_t> open = open_rows(Write::inserts);
  std::size_t first = 0;
  for (const std::size_t suspect : suspects) {
    const auto place = std::lower_bound(open.begin(), open.end(), suspect);
    const auto index = static_cast<std::size_t>(place - open.begin());
    if (place == open.end() || *place != suspect) continue;
    write_rows(Write::inserts, Indexes(open).subspan(first, index - first));
    write_rows(Write::inserts, Indexes(open).subspan(index, 1));
    first = index + 1;
  }
  write_rows(Write::inserts, Indexes(open).subspan(first));
}

bool StagedRows::write_rows(Write write, Indexes rows) {
  if (rows.empty()) return true;
  if (savepoints_ >= k_savepoints_max) return false;
  const auto refusal = try_write(write, rows);
  if (!refusal) return true;
  if (rows.size() > 1) {
    write_halves(write, rows);
  } else {
    Row& row = rows_[rows.front()];
    row.refusal = held_by_server(entity_, *refusal, key_of(row));
  }
  return false;
}

// When the first half stands, what the server refused is in the second, which need not be tried as
// a whole.
void StagedRows::write_halves(Write write, Indexes rows) {
  const Indexes first = rows.first((rows.size() + 1) / 2);
  const Indexes second = rows.subspan(first.size());
  if (write_rows(write, first) && second.size() > 1) {
    write_halves(write, second);
  } else {
    write_rows(write, second);
  }
}

std::vector<ledger::Batch> Mover::take_careful_road(const ledger::Batch& batch,
                                                    ledger::Difference& difference) {
  const plan::KeySet keys = derived_keys(batch, difference);
  Stream stream(sessions_.source, entity_, keys, failing_);
  stream.has_row();  // awaited while no transaction is open
  Part part;
  begin_part(batch, difference, part);
  reserve_ids(count_ids(keys));
  StagedRows staged(sessions_.target, entity_, {facts_.run_id, batch.id}, facts_.refs_may_fill);
  const bool more = stage_part(stream, part, staged);
  staged.stage();
  if (adopting_ && facts_.adoption->by_natural_key()) staged.match(*facts_.adoption);
  staged.update();
  std::vector<std::size_t> suspects;
  for (const Suspect& each : suspects_)
    suspects.push_back(static_cast<std::size_t>(each.ordinal - 1));
  staged.insert(suspects);
  work::failpoint("batch_settled_carefully");

  std::vector<ledger::Batch> rest;
  const std::vector<plan::KeyText> waiting = settle_staged(staged, part);
  if (more) rest.push_back(ledger::split_batch(sessions_.target, batch, part.last_key));
  if (!waiting.empty()) rest.push_back(ledger::add_child(sessions_.target, batch, listed(waiting)));
  read_back_row_hashes();
  finish_part(batch, difference, part);
  return rest;
}

// Reads one part of the batch. True if the stream has more.
bool Mover::stage_part(Stream& stream, Part& part, StagedRows& staged) {
  const auto rows_max = static_cast<std::size_t>(entity_.batch_rows);
  RowGroup group;
  for (std::size_t rows = 0; rows < rows_max && part.bytes < entity_.batch_bytes;
       rows += group.size()) {
    if (!group.read(stream, rows_max - rows)) break;
    const auto found = look_up(group);
    for (std::size_t index = 0; index < group.size(); ++index)
      stage_row(group.row(index), found[index] ? &*found[index] : nullptr, part, staged);
    part.last_key = ledger::key_text(entity_, group.row(group.size() - 1));
  }
  return stream.has_row();
}

void Mover::stage_row(std::span<const pg::Field> row, const ledger::Found* found, Part& part,
                      StagedRows& staged) {
  const auto here = placed_.find(ledger::pack_key(row.first(entity_.key.size())));
  const ledger::Placed* placed = here == placed_.end() ? nullptr : &here->second;
  if (placed != nullptr) found = nullptr;
  if (found != nullptr && found->texts.size() > 1) return hold_duplicate(row, *found, part);
  const std::vector<std::string>* target_key = placed != nullptr  ? &placed->target_key
                                               : found != nullptr ? &found->target_key
                                                                  : nullptr;
  if (!translator_.translate(row, target_key)) return hold_row(part, found);
  staged.add(translator_.crossing(), translator_.body(), translator_.open_refs(), placed, found);
  part.bytes += static_cast<std::int64_t>(translator_.body().size());
}

// Writes down what became of each staged row; the keys of those that wait for a later transaction.
std::vector<plan::KeyText> Mover::settle_staged(const StagedRows& staged, Part& part) {
  std::vector<plan::KeyText> waiting;
  part.bytes = 0;  // from here on of the rows that go
  for (std::size_t index = 0; index < staged.size(); ++index) {
    const StagedRows::Row& row = staged.rows()[index];
    if (row.refusal) {
      hold(part, row.crossing.key_views(), row.crossing.source_hash, *row.refusal,
           row.found ? &row.crossing.target_key : nullptr);
      note_refusal(row);
    } else if (row.outcome == StagedRows::Outcome::waits) {
      waiting.push_back(staged.key_of(row));
    } else {
      settle_row(row, staged.key_of(row), part);
      ++part.counts.source_rows;
    }
  }
  return waiting;
}

void Mover::settle_row(const StagedRow& row, plan::KeyText key, Part& part) {
  using Outcome = StagedRow::Outcome;
  const Crossing& crossing = row.crossing;
  if (row.found) return adopt_staged(row, part);
  const bool passed_over = row.outcome == Outcome::passed_over || row.keeps_edits;
  if (row.outcome == Outcome::lost || passed_over) {
    const bool was_back = passed_over && StagedRows::is_back_as_it_was(row);
    ++(was_back ? part.counts.updated : part.counts.kept);
    if (passed_over) part.passed_over.push_back({std::move(key), crossing.source_hash, {}});
    return;
  }
  part.bytes += static_cast<std::int64_t>(row.body.size());
  part.open_refs.insert(part.open_refs.end(), row.open_refs.begin(), row.open_refs.end());
  if (row.placed == nullptr) {
    forget_held(part, crossing.key);
    ledger_rows_.add_here(crossing.key_views(), crossing.target_views(), crossing.source_hash,
                          crossing.row_hash);
    ++part.counts.inserted;
  } else {
    part.current.push_back({std::move(key), crossing.source_hash, row.kept});
    ++(row.outcome == Outcome::equal ? part.counts.unchanged : part.counts.updated);
  }
  facts_.breaker.note_success(1);
}

// Not counted are conflicts, and what was refused before in the same version.
void Mover::note_refusal(const StagedRow& row) {
  const bool before = row.placed != nullptr && row.placed->refused_hash == row.crossing.source_hash;
  const bool by_us = row.refusal->sqlstate.empty() && row.refusal->reason != "refused";
  if (before || by_us) return;
  facts_.breaker.note_refusal(row.refusal->sqlstate, row.refusal->constraint);
}

}  // namespace rehome::move
