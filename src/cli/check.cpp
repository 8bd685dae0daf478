#include "run/check.h"

#include <fmt/core.h>

#include "cli/failure.h"
#include "cli/options.h"
#include "cli/workplace.h"

namespace rehome::cli {

run::ExitCode check(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_workplace(options, exit_code);
  if (!place) return exit_code;
  const base::Diagnostics findings = run::check(place->compiled, *place->source);
  exit_code = tell(findings, place->compiled.mapping.source_text);
  if (exit_code != run::ExitCode::done) return exit_code;
  std::size_t columns = 0;
  for (const auto& each : place->compiled.plan.entities) columns += each.columns.size();
  fmt::print("check: nothing in the way. {} entities, {} columns, {} source tables.\n",
             place->compiled.plan.entities.size(), columns,
             place->compiled.plan.source_tables.size());
  return exit_code;
}

}  // namespace rehome::cli
