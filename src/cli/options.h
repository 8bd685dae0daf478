// What the command line says, for all verbs: the same flag means the same everywhere.
#pragma once

#include <string>

#include "run/exit_code.h"

namespace rehome::cli {

struct Options {
  std::string mapping = "rehome.yaml";
  bool mapping_named = false;  // by -f, so that a command to be copied must say it, too
  int workers = 2;
  bool json = false;
  std::string max_deletes;  // sync: `5%`, or a number of rows; empty: as the mapping says
  bool sql = false;
  bool thorough = false;   // sync, plan: read all rows
  bool dry_run = false;    // sync; what plan always does
  bool exit_code = false;  // plan: differences are no success
  std::string entity;      // quarantine: only this one
  std::string key;         // quarantine show
  std::string rows;        // status: list all rows of this kind
};

// What a command must say to find the same mapping again: ` -f clinic.yaml`, or nothing.
std::string write_flags(const Options& options);

run::ExitCode check(const Options& options);
run::ExitCode plan(const Options& options);
run::ExitCode sync(const Options& options);
run::ExitCode status(const Options& options);
run::ExitCode status_rows(const Options& options);
run::ExitCode quarantine_list(const Options& options);
run::ExitCode quarantine_show(const Options& options);
run::ExitCode version(const Options& options);
// One line.
std::string write_version();

}  // namespace rehome::cli
