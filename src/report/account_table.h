// Closed accounting as a table for people: per entity a sum that closes, or says why not.
#pragma once

#include <string>
#include <vector>

#include "ledger/accounting.h"
#include "ledger/quarantine.h"

namespace rehome::report {

// `flags`: see write_held.
std::string write_account(const ledger::Account& account,
                          const std::vector<ledger::HeldGroup>& held, const std::string& flags);

}  // namespace rehome::report
