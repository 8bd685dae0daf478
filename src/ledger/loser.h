// Which rows had to leave a unique value to a row with a lower key, as of the last run.
//
// Whether a row loses depends on other rows, so its own hash does not tell. Losers are given for
// each unique check of the entity, as packed keys. Threading: as the connection given.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "pg/connection.h"
#include "plan/plan.h"
#include "plan/statements.h"

namespace rehome::ledger {

using LoserKeys = std::vector<std::unordered_set<std::string>>;

// Rows that began to lose, or lose no longer, since losers were noted, and that this may change.
// Where losers are held these are the held ones that lose no longer: a row in the target stays.
std::vector<plan::KeyText> read_turned(pg::Connection& target, const plan::Entity& entity,
                                       const LoserKeys& losers);

// What is noted of a row that is gone stays: it may come back as it was.
void note_losers(pg::Connection& target, const plan::Entity& entity, const LoserKeys& losers);

}  // namespace rehome::ledger
