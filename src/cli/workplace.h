// What most verbs begin with: the mapping, both connections, the plan.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "pg/connection.h"
#include "run/compile.h"

namespace rehome::cli {

struct Workplace {
  run::Compiled compiled;
  std::unique_ptr<pg::Connection> source;
  std::unique_ptr<pg::Connection> target;
};

// Loads, connects, compiles. Nothing when the mapping has errors, which have been told; `exit_code`
// says which.
std::optional<Workplace> open_workplace(const Options& options, run::ExitCode& exit_code);

// Loads the mapping and connects to the target alone. Nothing when the mapping has errors, which
// have been told.
struct TargetPlace {
  mapping::Mapping mapping;
  std::unique_ptr<pg::Connection> target;
};
std::optional<TargetPlace> open_target(const Options& options, run::ExitCode& exit_code);

// Their names, in the order written.
std::vector<std::string> list_entities(const mapping::Mapping& mapping);

}  // namespace rehome::cli
