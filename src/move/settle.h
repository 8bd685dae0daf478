// After all batches: refs whose parent has come since are filled, and what keeps sequences ahead of
// moved values.
//
// Both wait for locks of the live application until `stopped` says so.
#pragma once

#include <cstdint>
#include <functional>

#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::move {

// Fills every open ref of the plan whose parent is here now; one that the target refuses stays
// open. Returns how many.
std::int64_t fill_open_refs(pg::Connection& target, const plan::Plan& plan, int run_id,
                            const std::function<bool()>& stopped);

// Moves each sequence behind a column we write past the column's highest value, under a lock that
// keeps others from drawing meanwhile.
void advance_sequences(pg::Connection& target, const plan::Plan& plan,
                       const std::function<bool()>& stopped);

}  // namespace rehome::move
