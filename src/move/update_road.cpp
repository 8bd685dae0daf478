// The update road: rows that are in the target, and have changed at the source. Each is locked and
// compared with what the ledger says it was left as; only columns that differ are written, for all
// rows at once that differ in the same ones.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "move/careful_road.h"

namespace rehome::move {

namespace {

template <typename Number>
std::vector<Number> parse_numbers(std::string_view text) {
  std::vector<Number> numbers;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end; ++at) {
    Number number = 0;
    at = std::from_chars(at, end, number).ptr;
    numbers.push_back(number);
  }
  return numbers;
}

// Another row has the value, perhaps one that is to let it go.
bool wants_value(const ledger::HeldRow& refusal) {
  return refusal.sqlstate == "23505" || refusal.sqlstate == "23P01";
}

}  // namespace

void StagedRows::update() {
  compare();
  probe(Write::updates);
  write_rows(Write::updates, open_rows(Write::updates));
  retry_updates();
}

void StagedRows::compare() {
  glance();
  const std::vector<std::size_t> rows = open_rows(Write::updates);
  if (rows.empty()) return;
  target_.query({"lock rows", plan::lock_staged_statement(entity_)}, {ordinals(rows)});
  read_differences(rows);
}

// A row that is not there any more is lost, or, if nobody has taken it yet, new.
void StagedRows::read_differences(Indexes rows) {
  const auto found =
      target_.query({"compare rows", plan::compare_staged_statement(entity_)}, {ordinals(rows)});
  for (const std::size_t index : rows) rows_[index].outcome = Outcome::lost;
  for (int row = 0; row < found.count(); ++row) {
    Row& staged = rows_[static_cast<std::size_t>(found.integer(row, 0))];
    staged.outcome = Outcome::waits;
    staged.stored_hash = found.integer(row, 1);
    staged.differing = parse_numbers<std::size_t>(found.text(row, 2));
    int next = 3;
    if (entity_.changed_at) staged.newer = found.text(row, next++);
    if (plan::keeps_bases(entity_)) {
      staged.stored_bases = parse_numbers<std::int32_t>(found.text(row, next++));
      staged.sent_bases = parse_numbers<std::int32_t>(found.text(row, next));
    }
    if (staged.found) {
      decide_found(staged);
    } else {
      decide(staged);
    }
  }
  for (const std::size_t index : rows) {
    Row& row = rows_[index];
    if (!row.found || row.outcome != Outcome::lost) continue;
    row.found = false;
    row.outcome = Outcome::waits;
  }
}

void StagedRows::decide(Row& row) {
  if (plan::keeps_bases(entity_) && !row.placed->bases.empty()) return merge(row);
  const bool as_left = row.placed->row_hash == row.stored_hash;
  const auto winner = as_left ? Row::Winner::source : find_winner(row);
  if (winner == Row::Winner::target && !row.differing.empty()) keep_edits(row);
  if (row.differing.empty() && !is_unmarked(row)) {
    row.outcome = row.keeps_edits ? Outcome::passed_over : Outcome::equal;
  } else if (winner == Row::Winner::nobody && !row.differing.empty()) {
    const bool by_time = entity_.conflicts == mapping::Conflicts::newest;
    refuse_differing(row, "conflict",
                     "the row was changed in the target, too, since it was moved" +
                         (by_time ? tell_times(row) : std::string()));
  }
}

StagedRow::Winner StagedRows::find_winner(const Row& row) const {
  if (is_back_as_it_was(row)) return Row::Winner::target;
  switch (entity_.conflicts) {
    case mapping::Conflicts::source_wins:
      return Row::Winner::source;
    case mapping::Conflicts::target_wins:
      return Row::Winner::target;
    case mapping::Conflicts::newest:
      return find_newer(row);
    case mapping::Conflicts::hold:
    case mapping::Conflicts::merge:
      break;
  }
  return Row::Winner::nobody;
}

StagedRow::Winner StagedRows::find_newer(const Row& row) {
  if (row.newer == "source") return Row::Winner::source;
  return row.newer == "target" ? Row::Winner::target : Row::Winner::nobody;
}

// Why the newer side cannot win.
std::string StagedRows::tell_times(const Row& row) {
  if (row.newer == "same") return "; both sides say the same time, so neither is newer";
  if (row.newer == "no source time") return "; the source has no time for it, so neither is newer";
  if (row.newer == "no target time") return "; the target has no time for it, so neither is newer";
  return "";
}

// The source's version takes off the mark of a row that was gone, and nothing else.
void StagedRows::keep_edits(Row& row) const {
  const auto is_marked = [&](std::size_t column) {
    const auto& mark = entity_.removal.mark;
    return std::any_of(mark.begin(), mark.end(), [&](const plan::Setting& each) {
      return each.column == entity_.columns[column].name;
    });
  };
  std::erase_if(row.differing,
                [&](std::size_t column) { return !row.placed->marked || !is_marked(column); });
  row.keeps_edits = true;
}

// Marked as gone, and now in the source again, unchanged.
bool StagedRows::is_back_as_it_was(const Row& row) {
  return row.placed->marked && row.placed->source_hash == row.crossing.source_hash;
}

// What the mapping fills comes with its columns.
bool StagedRows::is_unmarked(const Row& row) const {
  return row.placed != nullptr && row.placed->marked && !entity_.removal.unmark.empty();
}

void StagedRows::refuse_differing(Row& row, const std::string& reason, const std::string& message) {
  std::vector<std::string> names;
  for (const std::size_t each : row.differing) names.push_back(entity_.columns[each].name);
  ledger::HeldRow held;
  held.key = key_of(row);
  held.reason = reason;
  held.message = message;
  held.detail = "the two versions differ in " + sql::join(names, ", ");
  held.place = base::write_position(entity_.columns[row.differing.front()].position);
  row.refusal = std::move(held);
}

// Images are kept within the savepoint: what is refused leaves none. Constraints that can wait are
// asked when all sets are written, so that rows may exchange values.
std::int64_t StagedRows::write_updates(Indexes rows) {
  std::map<std::pair<std::vector<std::size_t>, bool>, std::vector<std::size_t>> sets;
  std::vector<ledger::ImageKey> updated;
  std::vector<ledger::ImageKey> adopted;
  for (const std::size_t index : rows) {
    sets[{rows_[index].differing, is_unmarked(rows_[index])}].push_back(index);
    (rows_[index].found ? adopted : updated).push_back({index, key_of(rows_[index])});
  }
  ledger::keep_images(target_, entity_, place_, "update", updated);
  ledger::keep_images(target_, entity_, place_, "adopt", adopted);
  target_.execute({"let constraints wait", "SET CONSTRAINTS ALL DEFERRED"});
  std::int64_t written = 0;
  for (const auto& [what, members] : sets) {
    const auto& [columns, unmark] = what;
    written += target_
                   .query({"update staged " + entity_.name,
                           plan::update_staged_statement(entity_, columns, unmark)},
                          {ordinals(members)})
                   .affected();
  }
  return written;
}

// A value that one row has let go can be taken by another now: first by all at once, as they may
// exchange values, then one by one until none gets further.
void StagedRows::retry_updates() {
  std::vector<std::size_t> rows = rows_without_value();
  if (rows.size() > 1 && savepoints_ < k_savepoints_max && !try_write(Write::updates, rows)) return;
  while (retry_one_by_one(rows)) rows = rows_without_value();
}

std::vector<std::size_t> StagedRows::rows_without_value() const {
  std::vector<std::size_t> rows;
  for (std::size_t index = 0; index < staged_; ++index) {
    const Row& row = rows_[index];
    if (row.in_target() && row.refusal && wants_value(*row.refusal)) rows.push_back(index);
  }
  return rows;
}

bool StagedRows::retry_one_by_one(Indexes rows) {
  bool any = false;
  for (const std::size_t index : rows) {
    if (savepoints_ >= k_savepoints_max) return false;
    any = !try_write(Write::updates, Indexes(&index, 1)) || any;
  }
  return any;
}

}  // namespace rehome::move
