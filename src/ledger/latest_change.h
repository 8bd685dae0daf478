// The latest change of the source that a finished run has seen, where the mapping's `detect` says
// how to tell.
#pragma once

#include <optional>
#include <string>

#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::ledger {

// Forgets what was seen under another mapping of the entity: its rows are not what they were.
void forget_other_latest_change(pg::Connection& target, const plan::Entity& entity);

// As text. Nothing when no run has finished yet since `forget_other_latest_change` has forgotten.
std::optional<std::string> read_latest_change(pg::Connection& target, const plan::Entity& entity);

// After all rows up to it have been compared.
void note_latest_change(pg::Connection& target, const plan::Entity& entity,
                        const std::string& latest);

}  // namespace rehome::ledger
