// From exceptions to exit codes and a sentence on stderr.
#pragma once

#include <functional>
#include <string>

#include "base/diagnostic.h"
#include "run/exit_code.h"

namespace rehome::cli {

// Runs a verb; what it throws is told on stderr.
run::ExitCode guard(const std::function<run::ExitCode()>& verb);

// Prints findings to stderr, and errors with `json` to stdout, too; the exit code they mean.
run::ExitCode tell(const base::Diagnostics& findings, const base::SourceText& source, bool json);

// A mistake in the command itself: what, and what to type instead.
run::ExitCode refuse_usage(const std::string& message, const std::string& help);

}  // namespace rehome::cli
