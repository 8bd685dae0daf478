// Held rows, for people and as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/quarantine.h"

namespace rehome::report {

// Groups of these entities: others that share the target keep theirs to themselves.
std::vector<ledger::HeldGroup> select_entities(const std::vector<ledger::HeldGroup>& groups,
                                               const std::vector<std::string>& entities);

// `flags`: what a command must say to find the same mapping again, e.g. ` -f clinic.yaml`; nothing:
// no command will find these rows.
std::string write_held(const std::vector<ledger::HeldGroup>& groups,
                       const std::optional<std::string>& flags);
std::string write_held_json(const std::vector<ledger::HeldGroup>& groups);
// Shows the row's values: asked for by its key, it is meant to.
std::string write_held_row(const ledger::HeldDetail& row);
std::string write_held_row_json(const ledger::HeldDetail& row);

}  // namespace rehome::report
