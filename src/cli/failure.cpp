#include "cli/failure.h"

#include <fmt/core.h>

#include <cstdio>
#include <stdexcept>

#include "pg/error.h"
#include "run/check.h"

namespace rehome::cli {

namespace {

bool is_unreachable(const pg::Error& error) {
  const std::string& code = error.sqlstate();
  return code.empty() || code.starts_with("08") || code.starts_with("57P") || code == "53300";
}

run::ExitCode tell_failure(const pg::Error& error) {
  const pg::Classification classification = pg::classify(error);
  fmt::print(stderr, "rehome: {}\n", error.what());
  if (!classification.advice.empty()) fmt::print(stderr, "  = help: {}\n", classification.advice);
  if (is_unreachable(error)) return run::ExitCode::unreachable;
  const bool privilege = error.sqlstate() == "42501" || error.sqlstate().starts_with("28");
  return privilege ? run::ExitCode::privilege : run::ExitCode::error;
}

}  // namespace

run::ExitCode guard(const std::function<run::ExitCode()>& verb) {
  try {
    return verb();
  } catch (const pg::CommitUnknown& error) {
    fmt::print(stderr, "rehome: {}\n  = help: run `rehome sync` again: it asks the target what was committed\n", error.what());
    return run::ExitCode::unreachable;
  } catch (const pg::Error& error) {
    return tell_failure(error);
  } catch (const std::exception& error) {
    fmt::print(stderr, "rehome: {}\n", error.what());
    return run::ExitCode::error;
  }
}

run::ExitCode tell(const base::Diagnostics& findings, const base::SourceText& source) {
  if (findings.empty()) return run::ExitCode::done;
  fmt::print(stderr, "{}", base::render(findings, source));
  if (!base::has_errors(findings)) return run::ExitCode::done;
  return run::lacks_privilege(findings) ? run::ExitCode::privilege : run::ExitCode::usage;
}

}  // namespace rehome::cli
