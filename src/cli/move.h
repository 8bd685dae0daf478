// What `sync` and `plan` have in common: a run, or the rehearsal of one.
#pragma once

#include <optional>

#include "cli/options.h"
#include "cli/workplace.h"
#include "run/sync.h"

namespace rehome::cli {

// Checks, then moves, or rehearses that if `options.dry_run` says so, with progress on stderr.
// Nothing when a finding stands in the way or somebody has interrupted it: that has been told.
std::optional<run::SyncResult> move_or_rehearse(const Workplace& place, const Options& options,
                                                run::ExitCode& exit_code);

}  // namespace rehome::cli
