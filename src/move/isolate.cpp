// A source expression that fails on a row fails the whole stream. The rows are found by halving
// their keys under a savepoint of the same snapshot, and held with the source's words.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/key.h"
#include "move/mover.h"
#include "move/stream.h"
#include "pg/savepoint.h"

namespace rehome::move {

namespace {

std::vector<plan::KeyText> read_keys(pg::Connection& source, const plan::Entity& entity,
                                     const plan::KeySet& keys) {
  const auto rows = source.execute({"list keys", plan::keys_statement(entity, keys)});
  std::vector<plan::KeyText> texts;
  for (int row = 0; row < rows.count(); ++row)
    texts.push_back(ledger::read_key(rows, row, entity.key.size()));
  return texts;
}

// A value may fail when it is computed, and when it is sent: bytes that are no text of their
// encoding.
void derive_and_drop(pg::Connection& source, const plan::Entity& entity, const plan::KeySet& keys) {
  const sql::Fragment statement = plan::copy_out(plan::derive_statement(entity, keys));
  pg::CopyOut copy = source.copy_out({"derive " + entity.name, statement.text()});
  while (copy.read()) {
  }
}

}  // namespace

bool Mover::isolate_failing_keys(const plan::KeySet& keys) {
  const std::size_t before = failing_.size();
  std::vector<plan::KeyText> candidates = read_keys(sessions_.source, entity_, keys);
  std::erase_if(candidates, [&](const plan::KeyText& key) {
    return std::find(failing_.begin(), failing_.end(), key) != failing_.end();
  });
  find_failing_keys(candidates);
  return failing_.size() > before;
}

// Halves until single keys are left. Each failing key costs about 2·log2(n) statements.
void Mover::find_failing_keys(const std::vector<plan::KeyText>& keys) {
  if (keys.empty()) return;
  pg::Connection& source = sessions_.source;
  pg::Savepoint snapshot(source, "isolate");
  try {
    derive_and_drop(source, entity_, listed(keys));
    snapshot.release();
    return facts_.breaker.note_passed();
  } catch (const pg::Error& error) {
    if (pg::classify(error).action != pg::Action::refuse_row) throw;
    snapshot.undo();
    if (keys.size() == 1) return hold_failing_key(keys.front(), error.fields());
  }
  const auto middle = keys.begin() + static_cast<std::ptrdiff_t>(keys.size() / 2);
  find_failing_keys({keys.begin(), middle});
  find_failing_keys({middle, keys.end()});
}

void Mover::hold_failing_key(const plan::KeyText& key, const pg::ErrorFields& fields) {
  ledger::HeldRow held;
  held.key = key;
  held.reason = "expression";
  held.message = fmt::format("the source cannot compute a value of this row: {}",
                             pg::condition_name(fields.sqlstate));
  held.sqlstate = fields.sqlstate;
  held.detail = fields.message;
  held.place = base::write_position(entity_.position);
  facts_.breaker.note_refusal(fields.sqlstate, "");
  failing_.push_back(key);
  hold_apart(std::move(held));
}

// A row that is held without having been derived.
void Mover::hold_apart(ledger::HeldRow held) {
  const plan::KeyText key = held.key;
  failing_held_.push_back(std::move(held));
  // Its hash comes from its inputs, which never fail, so that a change of the row is seen later.
  pg::CopyOut copy = sessions_.source.copy_out(
      {"read source hash", "COPY (" + plan::key_hash_statement(entity_, listed({key})) +
                               ") TO STDOUT (FORMAT binary)"});
  pg::RowReader reader;
  const std::size_t parts = entity_.key.size();
  while (const auto message = copy.read()) {
    const auto row = reader.read(*message);
    if (row.empty()) continue;
    FailingRow failing;
    for (std::size_t part = 0; part < parts; ++part) failing.key_fields.emplace_back(*row[part]);
    failing.source_hash = pg::read_int64(*row[parts]);
    failing_rows_.push_back(std::move(failing));
  }
}

}  // namespace rehome::move
