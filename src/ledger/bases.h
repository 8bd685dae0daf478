// The ledger's bases follow the mapping: where edits of both sides are merged, each column that an
// update may write has one, in an order that is written down beside them.
//
// Threading: as the connection given.
#pragma once

#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::ledger {

// After row_hash follows the mapping's formula: rows that stand as they were left get the bases of
// all columns. In the others, a column keeps the base it has, and a new one has none. A mapping
// that merges no more leaves none.
void follow_bases(pg::Connection& target, const plan::Entity& entity);

}  // namespace rehome::ledger
