// Closed accounting: where every driving row of the source is.
#pragma once

#include <cstdint>

#include "ledger/accounting.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::run {

// Counts source, ledger and target and holds them against what the run's batches said. `source`:
// inside the run's snapshot.
ledger::Account read_account(pg::Connection& source, pg::Connection& target, const plan::Plan& plan,
                             int run_id);

// VmHWM of this process.
std::int64_t read_peak_memory_bytes();

}  // namespace rehome::run
