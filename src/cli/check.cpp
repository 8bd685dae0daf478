#include "run/check.h"

#include <fmt/core.h>

#include "base/amount.h"
#include "cli/failure.h"
#include "cli/options.h"
#include "cli/workplace.h"
#include "report/findings.h"

namespace rehome::cli {

run::ExitCode check(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_workplace(options, exit_code);
  if (!place) return exit_code;
  const base::Diagnostics findings = run::check(place->compiled, *place->source, *place->target);
  exit_code = tell(findings, place->compiled.mapping.source_text, options.json);
  if (exit_code != run::ExitCode::done) return exit_code;
  if (options.json) {
    fmt::print("{}", report::write_findings_json(findings));
    return exit_code;
  }
  std::size_t columns = 0;
  for (const auto& each : place->compiled.plan.entities) columns += each.columns.size();
  const auto amount = [](std::size_t count, const char* one, const char* many) {
    return base::write_amount(static_cast<std::int64_t>(count), one, many);
  };
  const plan::Plan& plan = place->compiled.plan;
  fmt::print("check: nothing in the way. {}, {}, {}.\n",
             amount(plan.entities.size(), "entity", "entities"),
             amount(columns, "column", "columns"),
             amount(plan.source_tables.size(), "source table", "source tables"));
  return exit_code;
}

}  // namespace rehome::cli
