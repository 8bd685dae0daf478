// Staged rows that were in the target before: found by their natural key, and decided without a
// base, as nobody knows what both sides were made from.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "ledger/key.h"
#include "move/careful_road.h"
#include "move/mover.h"

namespace rehome::move {

// A row of the target with the natural key of a staged one.
struct StagedRows::Match {
  std::vector<std::string> target_key;
  std::string text;                    // the same, as people read it
  std::optional<plan::KeyText> owner;  // the legacy key that it carries, or is held for
};

namespace {

std::string write_key(const plan::KeyText& key) { return sql::join(key, " "); }

}  // namespace

void StagedRows::match(const Adoption& adoption) {
  const std::vector<std::size_t> rows = open_rows(Write::inserts);
  if (rows.empty()) return;
  const auto found = target_.query(
      {"match rows", plan::match_staged_statement(entity_, ledger::found_table_of(entity_))},
      std::vector<pg::Parameter>{ordinals(rows)}, true);
  const auto parts = static_cast<int>(entity_.target_key.size());
  std::map<std::size_t, std::vector<Match>> matches;
  for (int row = 0; row < found.count(); ++row) {
    Match match;
    for (int part = 0; part < parts; ++part) {
      match.target_key.emplace_back(found.text(row, 1 + part));
      match.text += (part > 0 ? " " : "") + std::string(found.text(row, 1 + parts + part));
    }
    const int owner = 1 + 2 * parts;
    if (!found.is_null(row, owner)) {
      match.owner.emplace();
      for (int part = owner; part < found.columns(); ++part)
        match.owner->emplace_back(found.text(row, part));
    }
    matches[static_cast<std::size_t>(pg::read_int32(found.text(row, 0)))].push_back(
        std::move(match));
  }
  std::vector<std::size_t> taken;
  for (const auto& [index, rows_of_target] : matches) {
    if (take_match(rows_[index], rows_of_target, adoption)) taken.push_back(index);
  }
  claim_matches(std::move(taken));
}

bool StagedRows::take_match(Row& row, std::span<const Match> matches, const Adoption& adoption) {
  const plan::KeyText key = key_of(row);
  const auto claim = [&](const Match& match, const plan::KeyText& other) {
    refuse_match(row, "claimed",
                 "another legacy key claims the row of the target that has this natural key",
                 fmt::format("row {} of the target: legacy keys {} and {}", match.text,
                             write_key(key), write_key(other)));
    return false;
  };
  for (const Match& each : matches) {
    if (each.owner && *each.owner != key) return claim(each, *each.owner);
  }
  if (matches.size() > 1) {
    refuse_match(row, "duplicate", "more than one row of the target has this natural key",
                 fmt::format("rows of the target: {}, {}{}", matches[0].text, matches[1].text,
                             matches.size() > 2 ? ", …" : ""));
    return false;
  }
  const auto rival = adoption.rivals().find(row.crossing.key);
  if (rival != adoption.rivals().end()) return claim(matches[0], rival->second);
  if (entity_.id_source == plan::IdSource::mapped &&
      row.crossing.target_key != matches[0].target_key) {
    refuse_match(row, "key", "the row has another key in the target", "");
    return false;
  }
  row.found = true;
  row.crossing.target_key = matches[0].target_key;
  return true;
}

void StagedRows::refuse_match(Row& row, const std::string& reason, const std::string& message,
                              const std::string& detail) {
  ledger::HeldRow held;
  held.key = key_of(row);
  held.reason = reason;
  held.message = message;
  held.detail = detail;
  held.place = base::write_position(entity_.columns[entity_.adoption.by.front()].position);
  row.refusal = std::move(held);
}

// Who takes a row of the target first has it, also among workers.
void StagedRows::claim_matches(std::vector<std::size_t> rows) {
  if (rows.empty()) return;
  std::vector<plan::KeyText> keys;
  for (const std::size_t index : rows) keys.push_back(key_of(rows_[index]));
  const std::string wanted = ordinals(rows);
  const std::vector<std::string> arrays = ledger::column_arrays(keys, entity_.key.size());
  std::vector<pg::Parameter> parameters = {wanted};
  parameters.insert(parameters.end(), arrays.begin(), arrays.end());
  const auto claimed = target_.query(
      {"claim rows", plan::claim_matches_statement(entity_, ledger::found_table_of(entity_))},
      parameters);
  std::set<std::size_t> ours;
  for (int row = 0; row < claimed.count(); ++row)
    ours.insert(static_cast<std::size_t>(claimed.integer(row, 0)));
  for (const std::size_t index : rows) {
    if (ours.contains(index)) continue;
    rows_[index].found = false;
    refuse_match(rows_[index], "claimed",
                 "another legacy key claims the row of the target that has this natural key", "");
  }
}

// Most rows are as the source has them, or are not to be written: these need no lock. What they
// were at this moment is what they are adopted as.
void StagedRows::glance() {
  std::vector<std::size_t> rows;
  for (const std::size_t index : open_rows(Write::updates)) {
    if (rows_[index].found) rows.push_back(index);
  }
  if (!rows.empty()) read_differences(rows);
}

// A ref to the entity itself, or in a cycle, is open while its parent is still to be taken, and may
// then be what the target's row has already. Nothing where the row differs in any case.
const ledger::OpenRef* StagedRows::find_awaited(const Row& row, Indexes differing,
                                                bool source_wins) const {
  if (!refs_may_fill_) return nullptr;
  const ledger::OpenRef* awaited = nullptr;
  for (const std::size_t each : differing) {
    const auto open = std::find_if(
        row.open_refs.begin(), row.open_refs.end(),
        [&](const ledger::OpenRef& ref) { return ref.column == entity_.columns[each].name; });
    if (open != row.open_refs.end()) {
      awaited = &*open;
    } else if (!source_wins) {
      return nullptr;
    }
  }
  return awaited;
}

void StagedRows::decide_found(Row& row) {
  // A natural key is enough to know a row; its legacy key is written along with what differs.
  std::vector<std::size_t> content;
  const auto& legacy = entity_.legacy_columns;
  for (const std::size_t each : row.differing) {
    if (std::find(legacy.begin(), legacy.end(), each) == legacy.end()) content.push_back(each);
  }
  const Row::Winner winner = find_adopted_winner(row);
  const bool source_wins = winner == Row::Winner::source;
  if (const ledger::OpenRef* awaited = find_awaited(row, content, source_wins)) {
    refuse_differing(row, "differs",
                     "the row was in the target before, and refers to one that is not here");
    row.refusal->parent_entity = awaited->parent_entity;
    row.refusal->parent_key_json = awaited->parent_key_json;
    return;
  }
  if (row.differing.empty() || (content.empty() && !source_wins)) {
    row.outcome = Outcome::equal;
  } else if (winner == Row::Winner::target) {
    row.outcome = Outcome::passed_over;
  } else if (!source_wins) {
    row.differing = content;
    refuse_differing(row, "differs",
                     "the row was in the target before, and is not what the source makes of it" +
                         (entity_.adoption.differs == mapping::Differs::newest ? tell_times(row)
                                                                               : std::string()));
  }
}

StagedRow::Winner StagedRows::find_adopted_winner(const Row& row) const {
  switch (entity_.adoption.differs) {
    case mapping::Differs::source_wins:
      return Row::Winner::source;
    case mapping::Differs::target_wins:
      return Row::Winner::target;
    case mapping::Differs::newest:
      return find_newer(row);
    case mapping::Differs::quarantine:
      break;
  }
  return Row::Winner::nobody;
}

void Mover::adopt_staged(const StagedRow& row, Part& part) {
  using Outcome = StagedRow::Outcome;
  const Crossing& crossing = row.crossing;
  begin_adoption(part, crossing, row.pointed_at);
  facts_.breaker.note_success(1);
  if (row.outcome == Outcome::passed_over) {
    ledger_rows_.add_passed_over(crossing.key_views(), crossing.target_views(),
                                 crossing.source_hash);
    note_adoption(crossing);
    ++part.counts.kept;
    return;
  }
  part.open_refs.insert(part.open_refs.end(), row.open_refs.begin(), row.open_refs.end());
  if (row.outcome == Outcome::equal)
    return adopt(part, crossing, row.stored_hash, row.stored_bases);
  // Its image is kept already.
  ledger_rows_.add_adopted(crossing.key_views(), crossing.target_views(), crossing.source_hash,
                           std::nullopt, {});
  ++part.counts.updated;
}

}  // namespace rehome::move
