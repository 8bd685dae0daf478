#include "ledger/quarantine.h"

#include <fmt/core.h>

#include "cli/options.h"
#include "cli/workplace.h"
#include "ledger/schema.h"
#include "report/quarantine.h"

namespace rehome::cli {

namespace {

std::optional<TargetPlace> open_ledger(const Options& options, run::ExitCode& exit_code) {
  auto place = open_target(options, exit_code);
  if (!place) return std::nullopt;
  if (ledger::exists(*place->target)) return place;
  fmt::print(stderr, "no run yet: `rehome sync` makes the first\n");
  exit_code = run::ExitCode::done;
  return std::nullopt;
}

}  // namespace

run::ExitCode quarantine_list(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_ledger(options, exit_code);
  if (!place) return exit_code;
  if (!options.entity.empty() && place->mapping.find_entity(options.entity) == nullptr) {
    fmt::print(stderr, "rehome: the mapping has no entity {}\n", options.entity);
    return run::ExitCode::usage;
  }
  const auto groups = ledger::read_held_groups(*place->target, options.entity);
  fmt::print("{}", options.json ? report::write_held_json(groups) : report::write_held(groups));
  return run::ExitCode::done;
}

run::ExitCode quarantine_show(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_ledger(options, exit_code);
  if (!place) return exit_code;
  const auto held = ledger::read_held(*place->target, options.entity, options.key);
  if (!held) {
    fmt::print(stderr, "rehome: {} holds no row with key {}\n", options.entity, options.key);
    return run::ExitCode::error;
  }
  fmt::print("{}",
             options.json ? report::write_held_row_json(*held) : report::write_held_row(*held));
  return run::ExitCode::done;
}

}  // namespace rehome::cli
