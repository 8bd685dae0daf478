#include "run/sync.h"

#include <fmt/core.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string_view>

#include "base/version.h"
#include "cli/delete_limit.h"
#include "cli/failure.h"
#include "cli/move.h"
#include "cli/options.h"
#include "display/progress.h"
#include "ledger/quarantine.h"
#include "report/account_table.h"
#include "report/quarantine.h"
#include "report/status.h"
#include "run/check.h"

namespace rehome::cli {

namespace {

run::Interruption interruption;  // NOLINT: a signal handler reaches nothing else

// A handler may do little: write() is of that.
void say(std::string_view sentence) {
  if (write(STDERR_FILENO, sentence.data(), sentence.size()) < 0) return;
}

// First signal: stop at the next batch border. Second: at once; the next run takes over what was
// open.
extern "C" void on_signal(int) {
  if (interruption.is_requested()) {
    say("\nended at once by a second signal: what is committed stays, batches in hand are not in "
        "the target; `rehome sync` continues\n");
    std::_Exit(static_cast<int>(run::ExitCode::interrupted));
  }
  interruption.request("a signal");
  say("\nfinishing the batches in hand; a second signal ends at once\n");
}

void listen_to_signals() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

void tell_interrupted(const run::SyncResult& result, const Workplace& place,
                      const Options& options) {
  if (options.dry_run) {
    fmt::print(stderr, "interrupted by {}: nothing was written\n", result.stopped_because);
    return;
  }
  fmt::print(stderr, "interrupted by {}: what is committed stays; `rehome sync{}` continues\n",
             result.stopped_because, write_flags(options));
  const auto last = ledger::read_last_run(*place.target, place.compiled.mapping.name);
  if (options.json && last) fmt::print("{}\n", report::write_status_json(*last));
}

}  // namespace

std::optional<run::SyncResult> move_or_rehearse(const Workplace& place, const Options& options,
                                                run::ExitCode& exit_code) {
  exit_code = tell(run::check(place.compiled, *place.source, *place.target),
                   place.compiled.mapping.source_text, options.json);
  if (exit_code != run::ExitCode::done) return std::nullopt;
  listen_to_signals();
  display::Progress progress;
  const run::SyncOptions how{options.workers, std::string(base::k_version), options.dry_run,
                             parse_delete_limit(options.max_deletes), options.thorough};
  run::SyncResult result = run::sync(place.compiled, how, progress, interruption);
  progress.end();
  exit_code = result.exit_code;
  result.held = report::select_entities(result.held, list_entities(place.compiled.mapping));
  if (exit_code != run::ExitCode::interrupted) return result;
  tell_interrupted(result, place, options);
  return std::nullopt;
}

run::ExitCode sync(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_workplace(options, exit_code);
  if (!place) return exit_code;
  const auto result = move_or_rehearse(*place, options, exit_code);
  if (!result) return exit_code;
  if (options.json) {
    fmt::print("{}\n", ledger::write_json(result->account));
  } else {
    fmt::print("{}", report::write_account(result->account, result->held, write_flags(options)));
  }
  return exit_code;
}

}  // namespace rehome::cli
