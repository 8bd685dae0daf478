// A rehearsal is a run on stand-ins: all that it writes on the target is in one transaction, which
// ends with the session. `sync --dry-run` and `plan` are that.
//
// Threading: as the connection given.
#pragma once

#include "pg/connection.h"
#include "run/compile.h"

namespace rehome::run {

// The same plan, on stand-ins of the target's tables.
plan::Plan compile_on_stand_ins(const Compiled& compiled);

// Begins the transaction, and creates the stand-ins in it.
void begin_rehearsal(pg::Connection& target, const Compiled& compiled);

}  // namespace rehome::run
