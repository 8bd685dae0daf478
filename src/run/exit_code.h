// The exit codes of the program (docs/exit-codes.md). Only these.
#pragma once

namespace rehome::run {

enum class ExitCode {
  done = 0,         // nothing open
  error = 1,        // an error, accounting that does not close, a wrong or corrupt server
  usage = 2,        // usage or mapping
  open = 3,         // finished with something open: held, gone, extra, lost …
  differences = 4,  // found by verify or plan --exit-code
  interrupted = 5,  // by a signal or a waiting DDL; resumable
  unreachable = 6,  // database unreachable; retry
  privilege = 7,    // a privilege is missing
  bug = 70,
};

}  // namespace rehome::run
