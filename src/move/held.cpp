// What quarantine tells of a held row beyond its cause: its image, and why its parent is not here.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "ledger/key.h"
#include "ledger/rows.h"
#include "move/mover.h"
#include "move/stream.h"
#include "pg/savepoint.h"

namespace rehome::move {

namespace {

// Images are whole rows: not all of a batch may be in memory, or in one statement.
constexpr std::size_t k_held_at_once = 200;

// The translator's word for a parent that is not here.
constexpr std::string_view k_no_parent = "parent";

}  // namespace

void Mover::hold_explained(const ledger::Batch& batch, std::vector<ledger::HeldRow>& held) {
  for (std::size_t first = 0; first < held.size(); first += k_held_at_once) {
    const auto begin = held.begin() + static_cast<std::ptrdiff_t>(first);
    const auto count = std::min(k_held_at_once, held.size() - first);
    std::vector<ledger::HeldRow> slice(
        std::make_move_iterator(begin),
        std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(count)));
    std::vector<ledger::HeldRow*> places;
    for (ledger::HeldRow& each : slice) places.push_back(&each);
    add_images(places);
    explain_parents(slice);
    ledger::hold_rows(sessions_.target, entity_, facts_.run_id, batch.id, slice);
  }
}

// A row whose bytes the source cannot send has no image.
void Mover::add_images(const std::vector<ledger::HeldRow*>& held) {
  pg::Savepoint snapshot(sessions_.lookup, "images");
  try {
    read_images(held);
    return snapshot.release();
  } catch (const pg::Error& error) {
    if (pg::classify(error).action != pg::Action::refuse_row) throw;
    snapshot.undo();
  }
  if (held.size() == 1) return;
  const auto middle = held.begin() + static_cast<std::ptrdiff_t>(held.size() / 2);
  add_images({held.begin(), middle});
  add_images({middle, held.end()});
}

void Mover::read_images(const std::vector<ledger::HeldRow*>& held) {
  std::map<plan::KeyText, ledger::HeldRow*> by_key;
  std::vector<plan::KeyText> keys;
  for (ledger::HeldRow* each : held) {
    by_key[each->key] = each;
    keys.push_back(each->key);
  }
  const auto rows =
      sessions_.lookup.execute({"read images", plan::images_statement(entity_, listed(keys))});
  const std::size_t parts = entity_.key.size();
  for (int row = 0; row < rows.count(); ++row) {
    const plan::KeyText key = ledger::read_key(rows, row, parts);
    if (const auto found = by_key.find(key); found != by_key.end())
      found->second->image = rows.text(row, static_cast<int>(parts));
  }
}

namespace {

std::set<plan::KeyText> read_keys(pg::Connection& source, const plan::Entity& entity,
                                  const std::string& statement) {
  const auto rows = source.execute({"look up parents", statement});
  std::set<plan::KeyText> keys;
  for (int row = 0; row < rows.count(); ++row)
    keys.insert(ledger::read_key(rows, row, entity.key.size()));
  return keys;
}

void explain_parent(ledger::HeldRow& held, bool exists, bool taken) {
  if (!exists) {
    held.reason = "parent_absent";
    held.message += ": the source has no such row";
  } else if (!taken) {
    held.reason = "parent_excluded";
    held.message += ": it is excluded by the mapping";
  } else {
    held.reason = "parent_held";
    held.message += ": it is held itself";
  }
}

}  // namespace

// An absent, an excluded and a held parent are three different causes, with three different cures.
void Mover::explain_parents(std::vector<ledger::HeldRow>& held) {
  std::map<std::string, std::vector<ledger::HeldRow*>> by_parent;
  for (ledger::HeldRow& each : held) {
    if (each.reason == k_no_parent) by_parent[each.parent_entity].push_back(&each);
  }
  for (const auto& [name, rows] : by_parent) {
    const plan::Entity& parent = *facts_.plan.find_entity(name);
    std::vector<plan::KeyText> keys;
    for (const ledger::HeldRow* each : rows) keys.push_back(each->parent_key);
    const auto existing =
        read_keys(sessions_.lookup, parent, plan::existing_keys_statement(parent, listed(keys)));
    const auto taken =
        read_keys(sessions_.lookup, parent, plan::keys_statement(parent, listed(keys)));
    for (ledger::HeldRow* each : rows) {
      explain_parent(*each, existing.contains(each->parent_key), taken.contains(each->parent_key));
    }
  }
}

}  // namespace rehome::move
