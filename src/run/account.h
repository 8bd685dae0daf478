// Closed accounting: where every driving row of the source is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/accounting.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::run {

struct BothSides {
  pg::Connection& source;  // inside the run's snapshot
  pg::Connection& target;
};

// Counts source, ledger and target and holds them against what the run's batches said. As many
// entities are counted at a time as there are pairs of sessions, which nobody else uses meanwhile.
// `source_rows`: of each entity, counted in the snapshot before any row was looked at.
ledger::Account read_account(const std::vector<BothSides>& sessions, const plan::Plan& plan,
                             int run_id, const std::map<std::string, std::int64_t>& source_rows);

// Some of what counts as extra may be in the source, and excluded: the ledger is told. True if any
// is.
bool note_excluded(const ledger::Account& account, const BothSides& both, const plan::Plan& plan,
                   int run_id);

// VmHWM of this process.
std::int64_t read_peak_memory_bytes();

}  // namespace rehome::run
