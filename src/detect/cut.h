// Cuts an entity's driving rows into batches.
#pragma once

#include <cstdint>
#include <vector>

#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::detect {

struct Cut {
  std::int64_t source_rows = 0;
  std::vector<plan::KeySet>
      batches;  // together they hold every key exactly once, also keys that come later; the rows
                // that have none are a batch of their own
};

// Ranges of one size, at most batch_rows keys and open at both ends, when an index gives their
// order; else hash buckets, which the mover cuts further by stream position. Reads the source once.
// As many ranges as workers, if each is then worth a batch.
Cut cut(pg::Connection& source, const plan::Entity& entity, int workers);

}  // namespace rehome::detect
