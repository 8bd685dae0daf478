#include "report/status.h"

#include <fmt/core.h>

#include "cli/options.h"
#include "cli/workplace.h"
#include "ledger/quarantine.h"
#include "ledger/run.h"
#include "ledger/schema.h"
#include "report/quarantine.h"

namespace rehome::cli {

run::ExitCode status(const Options& options) {
  if (!options.rows.empty()) return status_rows(options);
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_target(options, exit_code);
  if (!place) return exit_code;
  std::optional<ledger::LastRun> last;
  if (ledger::exists(*place->target))
    last = ledger::read_last_run(*place->target, place->mapping.name);
  if (!last) {
    fmt::print(stderr, "no run yet: `rehome sync{}` makes the first\n", write_flags(options));
    if (options.json) fmt::print("{}\n", ledger::write_json({}));
    return run::ExitCode::done;
  }
  if (options.json) {
    fmt::print("{}\n", report::write_status_json(*last));
  } else {
    const auto held = report::select_entities(ledger::read_held_groups(*place->target, ""),
                                              list_entities(place->mapping));
    fmt::print("{}", report::write_status(*last, held, write_flags(options)));
  }
  return static_cast<run::ExitCode>(
      last->exit_code.value_or(static_cast<int>(run::ExitCode::interrupted)));
}

}  // namespace rehome::cli
