// The last run of one mapping, among those of all that share the target.
#pragma once

#include <optional>
#include <string>

#include "ledger/run.h"
#include "pg/connection.h"

namespace rehome::report {

struct SeenRun {
  ledger::LastRun run;
  bool alive = false;  // the session that stands for it is there
};

std::optional<SeenRun> read_last_run(pg::Connection& target, const std::string& mapping);

}  // namespace rehome::report
