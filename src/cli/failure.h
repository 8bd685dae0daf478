// From exceptions to exit codes and a sentence on stderr.
#pragma once

#include <functional>

#include "base/diagnostic.h"
#include "run/exit_code.h"

namespace rehome::cli {

// Runs a verb; what it throws is told on stderr.
run::ExitCode guard(const std::function<run::ExitCode()>& verb);

// Prints findings to stderr; the exit code they mean.
run::ExitCode tell(const base::Diagnostics& findings, const base::SourceText& source);

}  // namespace rehome::cli
