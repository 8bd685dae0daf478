// `sync`: the one lifecycle of a run. open, check, snapshot, order, cut, move, settle, account,
// close.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "events/events.h"
#include "ledger/quarantine.h"
#include "run/account.h"
#include "run/compile.h"
#include "run/exit_code.h"
#include "run/leaving.h"

namespace rehome::run {

struct SyncOptions {
  int workers = 2;
  std::string program_version = {};
  bool rehearses = false;  // by one worker, on stand-ins, in one transaction that is rolled back
  std::optional<DeleteLimit> max_deletes = {};  // instead of the mapping's
  bool thorough = false;                        // whatever the mapping's `detect` says
};

struct SyncResult {
  ExitCode exit_code = ExitCode::done;
  ledger::Account account;
  std::vector<ledger::HeldGroup> held;
  std::string stopped_because;  // of an interruption; a sentence
};

// Set by signal handlers and by whoever wants a run to stop at the next batch border.
class Interruption {
 public:
  void request(const char* reason) {
    reason_.store(reason);
    requested_.store(true);
  }
  bool is_requested() const { return requested_.load(); }
  const char* reason() const { return reason_.load(); }

 private:
  std::atomic<bool> requested_{false};
  std::atomic<const char*> reason_{""};
};

// Moves what is new. The plan must have passed `check`. Throws pg::Error, ledger::RunInProgress,
// ledger::OtherSource, BreakerOpen and std::runtime_error; the run is then marked failed and can be
// continued by the next one.
SyncResult sync(const Compiled& compiled, const SyncOptions& options, events::EventSink& events,
                Interruption& interruption);

}  // namespace rehome::run
