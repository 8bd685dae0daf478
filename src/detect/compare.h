// What differs between the source and the ledger, for the keys of one batch.
#pragma once

#include <optional>
#include <string>

#include "ledger/batch.h"
#include "pg/connection.h"

namespace rehome::detect {

// What is known before anything is asked.
struct Expectation {
  bool differs = false;               // counts and sums are expected to, and not asked for
  std::optional<std::string> latest;  // the change at the source that was the last one seen
};

// Compares counts and sums of hashes first; only when they differ, every key and hash. Not even
// hashes, when as many rows are there as before and all are older than `latest`. Writes nothing.
ledger::Difference compare(pg::Connection& source, pg::Connection& target,
                           const plan::Entity& entity, const plan::KeySet& keys,
                           const Expectation& expected = {});

// The same for keys of which the ledger is known to have none.
ledger::Difference all_new(pg::Connection& source, const plan::Entity& entity,
                           const plan::KeySet& keys);

// The rows that have no key: held, all of them, unless they are excluded.
ledger::Difference count_keyless(pg::Connection& source, const plan::Entity& entity,
                                 const plan::KeySet& keys);

// How many driving rows there are, and how many each exclusion leaves out.
ledger::BatchCounts count_decisions(pg::Connection& source, const plan::Entity& entity,
                                    const plan::KeySet& keys);

}  // namespace rehome::detect
