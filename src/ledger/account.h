// Closed accounting: the ledger and the target, counted independently of what batches said.
#pragma once

#include <cstdint>

#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::ledger {

struct TargetCounts {
  std::int64_t here = 0;  // ledger rows by state
  std::int64_t held = 0;
  std::int64_t gone = 0;
  std::int64_t gone_standing = 0;  // gone, but their target row still stands, and is not marked
  std::int64_t marked = 0;         // gone, and their target row stands with a mark
  std::int64_t refused = 0;        // here in an older version than one that was refused
  std::int64_t lost = 0;           // here in the ledger, not in the target
  std::int64_t target_rows = 0;
  std::int64_t extra = 0;        // a legacy key in the target that the ledger does not know
  std::int64_t not_adopted = 0;  // one that it knows, and yet not its row; and those of held rows
  std::int64_t own = 0;          // the application's own rows
  std::int64_t open_refs = 0;
  std::int64_t quarantine = 0;     // of rows with a key
  std::int64_t keyless = 0;        // held without one
  std::int64_t delete_images = 0;  // that this run has kept
  std::int64_t mark_images = 0;
};

// Where several entities of the plan fill one table, each answers for its own rows of it. Several
// statements: the caller sees to it that they read one moment.
TargetCounts read_target_counts(pg::Connection& target, const plan::Plan& plan,
                                const plan::Entity& entity, int run_id);

// True when the target has the rows that it should have by the ledger, and no others.
bool matches_target(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity);

}  // namespace rehome::ledger
