// Rows of the target whose legacy key the source has, but the mapping excludes: they are gone, not
// extra.
#pragma once

#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::detect {

// Looks at all rows that would count as extra, and notes in the ledger those that are excluded.
// Returns how many. `source`: inside the run's snapshot; `target`: outside any transaction.
std::int64_t note_excluded(pg::Connection& source, pg::Connection& target, const plan::Plan& plan,
                           const plan::Entity& entity, int run_id);

}  // namespace rehome::detect
