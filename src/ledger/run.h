// Runs: one row of rehome.run per `sync`, and the fence between a run and its predecessors.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "ledger/accounting.h"
#include "pg/connection.h"

namespace rehome::ledger {

struct RunFacts {
  std::string mapping;
  std::string fingerprint;
  std::string program_version;
  std::string host;
  int pid = 0;
  int workers = 0;
  std::string source_system;  // system identifier
  std::string source_database;
};

// Another run is alive on this target.
class RunInProgress : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The source is not the one the last run read.
class OtherSource : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Starts a run on `target`, whose session stands for the run being alive. Runs whose session is
// gone are marked abandoned. Throws RunInProgress naming run, host and pid, or OtherSource.
int open_run(pg::Connection& target, const RunFacts& facts);

// Bumps the token of every unfinished batch of older runs, waiting for whoever writes under one, so
// that a late COMMIT of theirs either counts or cannot happen. To be called before the new snapshot
// is exported and the ledger is read. Returns the number of batches taken over.
std::int64_t take_over(pg::Connection& target, int run_id);
// True if the run before did not come to its end.
bool follows_unfinished(pg::Connection& target, int run_id);

// `sees`: the transactions of the source in it.
void note_snapshot(pg::Connection& target, int run_id, const std::string& snapshot,
                   const std::string& sees);
// `state`: done, failed or interrupted. `accounting`: JSON, or empty.
void close_run(pg::Connection& target, int run_id, const std::string& state, int exit_code,
               const std::string& accounting);

struct LastRun {
  int run_id = 0;
  std::string mapping;
  std::string state;
  std::string started_at;
  std::string finished_at;
  std::string host;
  int pid = 0;
  std::optional<int> exit_code;
  std::optional<Account> account;  // of a run that came to its end
  std::int64_t batches_open = 0;
  bool alive = false;  // the session that stands for it is there
};

// The last run of one mapping, among those of all that share the target.
std::optional<LastRun> read_last_run(pg::Connection& target, const std::string& mapping);

std::int64_t add_worker(pg::Connection& target, int run_id, const std::string& host, int pid);

}  // namespace rehome::ledger
