#include "cli/failure.h"

#include <fmt/core.h>

#include <cstdio>
#include <stdexcept>

#include "pg/error.h"
#include "report/findings.h"
#include "report/printable.h"
#include "run/check.h"

namespace rehome::cli {

namespace {

bool is_unreachable(const pg::Error& error) {
  const std::string& code = error.sqlstate();
  return code.empty() || code.starts_with("08") || code.starts_with("57P") || code == "53300";
}

// What passes by itself was tried again by the run; here it is the user's turn.
std::string advise(const pg::Error& error) {
  if (is_unreachable(error))
    return "is the server up, and the url of this side right? Then run again: what is committed "
           "stays";
  const pg::Classification classification = pg::classify(error);
  if (classification.action == pg::Action::stop) return std::string(classification.advice);
  return "run again: what is committed stays, and the next run goes on";
}

run::ExitCode tell_failure(const pg::Error& error) {
  fmt::print(stderr, "rehome: {}\n", report::write_printable_lines(error.what()));
  if (const std::string advice = advise(error); !advice.empty())
    fmt::print(stderr, "  = help: {}\n", advice);
  if (is_unreachable(error)) return run::ExitCode::unreachable;
  // Somebody's DDL holds, or waits for, a table of the source.
  if (error.side() == pg::Side::source && error.sqlstate() == "55P03")
    return run::ExitCode::interrupted;
  const bool privilege = error.sqlstate() == "42501" || error.sqlstate().starts_with("28");
  return privilege ? run::ExitCode::privilege : run::ExitCode::error;
}

}  // namespace

run::ExitCode guard(const std::function<run::ExitCode()>& verb) {
  try {
    return verb();
  } catch (const pg::CommitUnknown& error) {
    fmt::print(
        stderr,
        "rehome: {}\n  = help: run `rehome sync` again: it asks the target what was committed\n",
        report::write_printable_lines(error.what()));
    return run::ExitCode::unreachable;
  } catch (const pg::Error& error) {
    return tell_failure(error);
  } catch (const std::exception& error) {
    fmt::print(stderr, "rehome: {}\n", report::write_printable_lines(error.what()));
    return run::ExitCode::error;
  }
}

run::ExitCode tell(const base::Diagnostics& findings, const base::SourceText& source, bool json) {
  if (findings.empty()) return run::ExitCode::done;
  fmt::print(stderr, "{}", report::write_printable_lines(base::render(findings, source)));
  if (!base::has_errors(findings)) return run::ExitCode::done;
  if (json) fmt::print("{}", report::write_findings_json(findings));
  return run::lacks_privilege(findings) ? run::ExitCode::privilege : run::ExitCode::usage;
}

run::ExitCode refuse_usage(const std::string& message, const std::string& help) {
  fmt::print(stderr, "rehome: {}\n  = help: {}\n", report::write_printable(message),
             report::write_printable(help));
  return run::ExitCode::usage;
}

}  // namespace rehome::cli
