// What the command line says, for all verbs: the same flag means the same everywhere.
#pragma once

#include <string>

#include "run/exit_code.h"

namespace rehome::cli {

struct Options {
  std::string mapping = "rehome.yaml";
  int workers = 2;
  bool json = false;
  bool sql = false;
  std::string entity;  // quarantine: only this one
  std::string key;     // quarantine show
};

run::ExitCode check(const Options& options);
run::ExitCode plan(const Options& options);
run::ExitCode sync(const Options& options);
run::ExitCode status(const Options& options);
run::ExitCode quarantine_list(const Options& options);
run::ExitCode quarantine_show(const Options& options);
run::ExitCode version(const Options& options);

}  // namespace rehome::cli
