// What the last run left behind.
#pragma once

#include <string>
#include <vector>

#include "ledger/quarantine.h"
#include "report/last_run.h"

namespace rehome::report {

// `flags`: see write_held.
std::string write_status(const SeenRun& seen, const std::vector<ledger::HeldGroup>& held,
                         const std::string& flags);
// The accounting object of the run, with its state.
std::string write_status_json(const SeenRun& seen);

}  // namespace rehome::report
