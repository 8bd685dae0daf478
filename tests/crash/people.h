// The case that crash tests move: tests/crash/people, a few hundred rows with held rows, open refs,
// a self ref, a careful road and an expression that fails.
#pragma once

#include <string>

#include "crash/program.h"
#include "support/cluster.h"

namespace rehome::tests {

// The exit code of every complete run of this case: some rows are held.
inline constexpr int k_something_open = 3;

// Two databases. One thread.
class People {
 public:
  People();

  Database& source() { return source_; }
  Database& target() { return target_; }

  // Starts `rehome sync`; `failpoints` as in work/failpoint.h.
  std::unique_ptr<Program> start(const std::string& failpoints = "") const;
  // Runs it to its end.
  Ending sync(const std::string& failpoints = "") const { return start(failpoints)->wait(); }
  // What came and went since the first run, on both sides.
  void change_source();
  void change_target();
  // Rows the last run put into the target, or took from it.
  std::string moved_by_last_run();
  // Every row of the target, of the ledgers, the quarantine and the open refs, without what names a
  // run, a batch or a time.
  std::string digest();
  // A killed process is gone before its sessions are.
  void wait_for_sessions_to_end();

 private:
  Database source_{"source"};
  Database target_{"target"};
};

}  // namespace rehome::tests
