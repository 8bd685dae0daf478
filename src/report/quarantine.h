// Held rows, for people and as JSON.
#pragma once

#include <string>
#include <vector>

#include "ledger/quarantine.h"

namespace rehome::report {

std::string write_held(const std::vector<ledger::HeldGroup>& groups);
std::string write_held_json(const std::vector<ledger::HeldGroup>& groups);
// Shows the row's values: asked for by its key, it is meant to.
std::string write_held_row(const ledger::HeldDetail& row);
std::string write_held_row_json(const ledger::HeldDetail& row);

}  // namespace rehome::report
