#include <fmt/core.h>

#include "cli/options.h"
#include "cli/workplace.h"
#include "plan/write.h"
#include "plan/write_text.h"

namespace rehome::cli {

run::ExitCode plan(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_workplace(options, exit_code);
  if (!place) return exit_code;
  const plan::Plan& plan = place->compiled.plan;
  if (options.sql) {
    fmt::print("{}", plan::write_sql(plan));
  } else {
    fmt::print("{}", options.json ? plan::write_json(plan) : plan::write_text(plan));
  }
  return exit_code;
}

}  // namespace rehome::cli
