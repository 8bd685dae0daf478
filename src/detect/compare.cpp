#include "detect/compare.h"

#include "ledger/key.h"
#include "ledger/rows.h"

namespace rehome::detect {

namespace {

using ledger::Difference;
using ledger::State;

ledger::BatchCounts count(const plan::Entity& entity, const pg::Rows& decisions) {
  ledger::BatchCounts counts;
  for (int row = 0; row < decisions.count(); ++row) {
    const auto number = static_cast<std::size_t>(decisions.integer(row, 0));
    counts.source_rows += decisions.integer(row, 1);
    if (number > 0)
      counts.excluded[entity.exclusions[number - 1].name] += decisions.integer(row, 1);
  }
  return counts;
}

class Comparison {
 public:
  Comparison(pg::Connection& source, pg::Connection& target, const plan::Entity& entity,
             const plan::KeySet& keys)
      : source_(source), target_(target), entity_(entity), keys_(keys) {}

  Difference run(const Expectation& expected) {
    if (!expected.differs || expected.latest) {
      const ledger::Summary known = ledger::read_summary(target_, entity_, keys_);
      if (known.here + known.held + known.gone == 0) return all_new(source_, entity_, keys_);
      // Rows whose cause is in the target are always looked at: it may have changed since.
      const bool comparable = known.asked_again == 0;
      if (comparable && expected.latest && is_untouched(known, *expected.latest)) {
        count_equal(known);
        return std::move(difference_);
      }
      if (comparable && !expected.differs && is_equal(known)) {
        count_decided();
        count_equal(known);
        return std::move(difference_);
      }
    }
    count_decided();
    classify();
    return std::move(difference_);
  }

 private:
  // As many rows as before, and none is later.
  bool is_untouched(const ledger::Summary& known, const std::string& latest) {
    const auto rows =
        source_.execute({"count changes", plan::changes_statement(entity_, keys_, latest)});
    difference_.counts = count(entity_, rows);
    decided_ = true;
    std::int64_t taken = 0;
    std::int64_t later = 0;
    for (int row = 0; row < rows.count(); ++row) {
      if (rows.integer(row, 0) == 0) taken = rows.integer(row, 1);
      later += rows.integer(row, 2);
    }
    return later == 0 && taken == known.here + known.held;
  }

  bool is_equal(const ledger::Summary& known) {
    const auto rows =
        source_.execute({"read source summary", plan::source_summary_statement(entity_, keys_)});
    if (entity_.exclusions.empty()) difference_.counts.source_rows = rows.integer(0, 0);
    return rows.integer(0, 0) == known.here + known.held && rows.text(0, 1) == known.hash_sum;
  }

  void count_equal(const ledger::Summary& known) {
    difference_.counts.unchanged = known.here - known.refused;
    difference_.counts.kept = known.refused;
    difference_.counts.held = known.held;
  }

  // Where no row is left out, those that are looked at are all.
  void count_decided() {
    if (entity_.exclusions.empty() || decided_) return;
    difference_.counts = count_decisions(source_, entity_, keys_);
  }

  void classify() {
    ledger::KnownRows known = ledger::read_known(target_, entity_, keys_);
    const std::string statement =
        "COPY (" + plan::key_hash_statement(entity_, keys_) + ") TO STDOUT (FORMAT binary)";
    std::int64_t taken = 0;
    pg::CopyOut copy = source_.copy_out({"read source hashes", statement});
    pg::RowReader reader;
    const std::size_t parts = entity_.key.size();
    while (const auto message = copy.read()) {
      const auto fields = reader.read(*message);
      if (fields.empty()) continue;
      ++taken;
      classify_row(fields, pg::read_int64(*fields[parts]), known);
    }
    for (const auto& [key, row] : known) {
      if (row.state != State::gone) difference_.gone.push_back(ledger::unpack_key(entity_, key));
    }
    difference_.counts.gone = static_cast<std::int64_t>(difference_.gone.size());
    if (entity_.exclusions.empty()) difference_.counts.source_rows = taken;
    // The mover counts those that are derived again, when it knows what became of them.
    difference_.counts.source_rows -=
        static_cast<std::int64_t>(difference_.fresh.size() + difference_.changed.size());
  }

  void classify_row(std::span<const pg::Field> fields, std::int64_t hash,
                    ledger::KnownRows& known) {
    const auto found = known.find(ledger::pack_key(fields.first(entity_.key.size())));
    if (found == known.end()) {
      difference_.fresh.push_back(ledger::key_text(entity_, fields));
      return;
    }
    const ledger::Known row = found->second;
    known.erase(found);
    // What nobody knows the former state of cannot come back: it is taken anew.
    if (row.state == State::gone && !row.has_base) {
      difference_.fresh.push_back(ledger::key_text(entity_, fields));
    } else if (row.state == State::held) {
      classify_held(fields, hash, row);
    } else {
      if (row.state == State::gone) difference_.back.push_back(ledger::key_text(entity_, fields));
      classify_placed(fields, hash, row);
    }
  }

  void classify_held(std::span<const pg::Field> fields, std::int64_t hash,
                     const ledger::Known& row) {
    if (row.asked_again) {
      difference_.asks_again = true;
      difference_.changed.push_back(ledger::key_text(entity_, fields));
    } else if (row.source_hash == hash) {
      ++difference_.counts.held;
    } else {
      difference_.fresh.push_back(ledger::key_text(entity_, fields));
    }
  }

  void classify_placed(std::span<const pg::Field> fields, std::int64_t hash,
                       const ledger::Known& row) {
    if (row.source_hash == hash && !row.marked) {
      ++difference_.counts.unchanged;
      if (row.refused_hash) difference_.reverted.push_back(ledger::key_text(entity_, fields));
    } else if (row.refused_hash == hash && !row.asked_again) {
      ++difference_.counts.kept;
    } else {
      difference_.changed.push_back(ledger::key_text(entity_, fields));
    }
  }

  pg::Connection& source_;
  pg::Connection& target_;
  const plan::Entity& entity_;
  const plan::KeySet& keys_;
  Difference difference_;
  bool decided_ = false;  // what is excluded has been counted
};

}  // namespace

Difference compare(pg::Connection& source, pg::Connection& target, const plan::Entity& entity,
                   const plan::KeySet& keys, const Expectation& expected) {
  return Comparison(source, target, entity, keys).run(expected);
}

Difference all_new(pg::Connection& source, const plan::Entity& entity, const plan::KeySet& keys) {
  Difference difference;
  difference.whole = true;
  // The mover counts the rows it takes; those left out are counted here.
  if (!entity.exclusions.empty()) difference.counts = count_decisions(source, entity, keys);
  difference.counts.source_rows = 0;
  for (const auto& [name, count] : difference.counts.excluded)
    difference.counts.source_rows += count;
  return difference;
}

ledger::Difference count_keyless(pg::Connection& source, const plan::Entity& entity,
                                 const plan::KeySet& keys) {
  Difference difference;
  difference.counts = count_decisions(source, entity, keys);
  difference.counts.held = difference.counts.source_rows;
  for (const auto& [name, count] : difference.counts.excluded) difference.counts.held -= count;
  return difference;
}

ledger::BatchCounts count_decisions(pg::Connection& source, const plan::Entity& entity,
                                    const plan::KeySet& keys) {
  return count(entity,
               source.execute({"count decisions", plan::decisions_statement(entity, keys)}));
}

}  // namespace rehome::detect
