// The careful road: for a batch the server refused. Rows go into a temporary table, set-wise probes
// name most bad rows at once, and what they do not see is found by halving under savepoints, of
// which one transaction spends few.
#include "move/careful_road.h"

#include <fmt/format.h>

#include "base/ensure.h"
#include "ledger/key.h"
#include "move/mover.h"
#include "move/stream.h"
#include "pg/savepoint.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::move {

namespace {

std::string place_of(const base::Position& position) {
  return fmt::format("{}:{}:{}", position.file, position.line, position.column);
}

ledger::HeldRow held_by_probe(const plan::Probe& probe, const plan::KeyText& key) {
  ledger::HeldRow held;
  held.key = key;
  held.reason = "refused";
  held.message = fmt::format("constraint {} of the target refuses the row", probe.constraint);
  held.sqlstate = probe.sqlstate;
  held.constraint = probe.constraint;
  if (!probe.positions.empty()) held.place = place_of(probe.positions.front());
  return held;
}

// The column an error speaks of, if the mapping fills it.
std::string place_of(const plan::Entity& entity, const pg::ErrorFields& fields) {
  if (const plan::Column* column = entity.find_column(fields.column))
    return place_of(column->position);
  for (const plan::Probe& each : entity.probes) {
    if (each.constraint == fields.constraint && !each.positions.empty())
      return place_of(each.positions.front());
  }
  return place_of(entity.position);
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
  held.place = place_of(entity, fields);
  return held;
}

StagedRows::StagedRows(pg::Connection& target, const plan::Entity& entity)
    : target_(target), entity_(entity) {}

void StagedRows::add(const Crossing& crossing, std::string_view body,
                     const std::vector<ledger::OpenRef>& open_refs) {
  rows_.push_back({crossing, std::string(body), open_refs, {}, false});
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
      writer.row(static_cast<int>(entity_.columns.size()) + 1);
      writer.int32(static_cast<std::int32_t>(index));
      copy.write(out);
      copy.write(rows_[index].body);
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

// A probe that fails itself says nothing: halving then finds what the probes would have named.
void StagedRows::probe() {
  pg::Savepoint savepoint(target_, "probes");
  try {
    const bool any = mark_refused();
    savepoint.release();
    if (any) read_refusals();
  } catch (const pg::Error& error) {
    if (pg::classify(error).action != pg::Action::refuse_row) throw;
    savepoint.undo();
  }
}

bool StagedRows::mark_refused() {
  bool any = false;
  for (std::size_t probe = 0; probe < entity_.probes.size(); ++probe) {
    any = target_.execute({"probe " + entity_.probes[probe].constraint,
                           plan::probe_statement(entity_, probe)})
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

std::int64_t StagedRows::open_rows(std::size_t first, std::size_t last) const {
  std::int64_t open = 0;
  for (std::size_t index = first; index <= last; ++index) {
    if (!rows_[index].refusal && !rows_[index].stands) ++open;
  }
  return open;
}

std::optional<pg::ErrorFields> StagedRows::try_insert(std::size_t first, std::size_t last) {
  ++savepoints_;
  pg::Savepoint savepoint(target_, "rows");
  std::optional<pg::ErrorFields> refusal;
  try {
    const auto inserted =
        target_.query({"insert staged " + entity_.name, plan::insert_staged_statement(entity_)},
                      {std::to_string(first), std::to_string(last)});
    target_.execute({"check constraints", "SET CONSTRAINTS ALL IMMEDIATE"});
    if (inserted.affected() != open_rows(first, last)) {
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
  for (std::size_t index = first; index <= last; ++index)
    rows_[index].stands = !rows_[index].refusal;
  return std::nullopt;
}

// Each suspect goes alone: when the server has named all bad rows, two attempts for each do. Rows
// keep their order, so that of two with one unique value the lower key stands.
void StagedRows::insert(const std::vector<std::size_t>& suspects) {
  std::size_t first = 0;
  for (const std::size_t suspect : suspects) {
    if (suspect >= staged_) break;
    if (suspect > first) insert_range(first, suspect - 1);
    insert_range(suspect, suspect);
    first = suspect + 1;
  }
  if (first < staged_) insert_range(first, staged_ - 1);
}

bool StagedRows::insert_range(std::size_t first, std::size_t last) {
  const std::int64_t open = open_rows(first, last);
  if (open == 0) return true;
  if (savepoints_ >= k_savepoints_max) return false;
  const auto refusal = try_insert(first, last);
  if (!refusal) return true;
  if (open > 1) {
    insert_halves(first, last);
  } else {
    while (rows_[first].refusal || rows_[first].stands) ++first;
    rows_[first].refusal = held_by_server(entity_, *refusal, key_of(rows_[first]));
  }
  return false;
}

// When the first half stands, what the server refused is in the second, which need not be tried as
// a whole.
void StagedRows::insert_halves(std::size_t first, std::size_t last) {
  const std::size_t middle = first + (last - first) / 2;
  if (insert_range(first, middle) && open_rows(middle + 1, last) > 1) {
    insert_halves(middle + 1, last);
  } else {
    insert_range(middle + 1, last);
  }
}

std::vector<ledger::Batch> Mover::take_careful_road(ledger::Batch batch,
                                                    ledger::Difference& difference) {
  Part part;
  begin_part(batch, difference, part);
  reserve_ids(derived_keys(batch, difference));
  StagedRows staged(sessions_.target, entity_);
  const bool more = stage_part(batch, difference, part, staged);
  staged.stage();
  staged.probe();
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
bool Mover::stage_part(const ledger::Batch& batch, const ledger::Difference& difference, Part& part,
                       StagedRows& staged) {
  Stream stream(sessions_.source, entity_, derived_keys(batch, difference), failing_);
  const auto rows_max = static_cast<std::size_t>(entity_.batch_rows);
  while (stream.has_row() && staged.size() + part.held.size() < rows_max &&
         part.bytes < entity_.batch_bytes) {
    if (translator_.translate(stream.row())) {
      staged.add(translator_.crossing(), translator_.body(), translator_.open_refs());
      part.bytes += static_cast<std::int64_t>(translator_.body().size());
    } else {
      hold_row(part);
    }
    part.last_key = ledger::key_text(entity_, stream.row());
    stream.advance();
  }
  return stream.has_row();
}

// Writes down what became of each staged row; the keys of those that wait for a later transaction.
std::vector<plan::KeyText> Mover::settle_staged(const StagedRows& staged, Part& part) {
  std::vector<plan::KeyText> waiting;
  for (const StagedRows::Row& row : staged.rows()) {
    const Crossing& crossing = row.crossing;
    if (row.stands) {
      ledger_rows_.add_here(crossing.key_views(), crossing.target_views(), crossing.source_hash,
                            crossing.row_hash);
      part.open_refs.insert(part.open_refs.end(), row.open_refs.begin(), row.open_refs.end());
      ++part.counts.inserted;
      facts_.breaker.note_success(1);
    } else if (row.refusal) {
      ledger_rows_.add_held(crossing.key_views(), crossing.source_hash);
      part.held.push_back(*row.refusal);
      ++part.counts.held;
      facts_.breaker.note_refusal(row.refusal->sqlstate, row.refusal->constraint);
    } else {
      waiting.push_back(staged.key_of(row));
      continue;
    }
    ++part.counts.source_rows;
  }
  return waiting;
}

}  // namespace rehome::move
