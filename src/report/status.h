// What the last run left behind.
#pragma once

#include <string>
#include <vector>

#include "ledger/quarantine.h"
#include "ledger/run.h"

namespace rehome::report {

// `flags`: see write_held.
std::string write_status(const ledger::LastRun& run, const std::vector<ledger::HeldGroup>& held,
                         const std::string& flags);
// The accounting object of the run, with its state.
std::string write_status_json(const ledger::LastRun& run);

}  // namespace rehome::report
