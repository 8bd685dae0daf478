// What can go wrong between us and a server: one exception, one classification.
//
// Promise: `what()` is `<side> <statement name>: <sqlstate> <primary message>` and safe to show:
// where the primary message itself may quote a row (data exceptions, integrity violations, anything
// a trigger raised) it holds the condition's name instead. Row values are in fields() only, which
// goes to quarantine. Passwords are nowhere. Values; any thread.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rehome::pg {

enum class Side { source, target };

struct ErrorFields {
  std::string sqlstate;  // empty when the connection is gone
  std::string message;   // primary message; may hold row values
  std::string detail;    // may hold row values
  std::string hint;
  std::string context;  // may hold row values
  std::string schema;
  std::string table;
  std::string column;
  std::string constraint;
  int position = 0;  // 1-based character in the statement, 0 unknown
};

class Error : public std::runtime_error {
 public:
  Error(Side side, std::string statement, ErrorFields fields);

  Side side() const { return side_; }
  const std::string& statement() const { return statement_; }  // its name, not its text
  const ErrorFields& fields() const { return fields_; }
  const std::string& sqlstate() const { return fields_.sqlstate; }
  // Line N of "COPY table, line N" in the context: the N-th row sent, 1-based.
  std::optional<std::size_t> copy_line() const;

 private:
  Side side_;
  std::string statement_;
  ErrorFields fields_;
};

// The connection died after COMMIT was sent: nobody here knows the outcome. The batch row does.
class CommitUnknown : public Error {
  using Error::Error;
};

// PostgreSQL's name of a code, e.g. "unique_violation"; empty when its manual has none.
std::string_view condition_name(std::string_view sqlstate);

enum class Action {
  retry,            // the same again, on a new connection if it is gone
  retry_smaller,    // the same again with half the rows
  refuse_row,       // the data is at fault: isolate the row
  pause,            // wait for the operator: disk full, read-only
  new_epoch,        // the snapshot is lost
  stop,             // configuration or privilege: say what to do
  unknown_outcome,  // ask the batch row
};

struct Classification {
  Action action = Action::stop;
  std::string_view advice;  // one sentence for the operator; empty for refuse_row
};

// The one table of SQLSTATEs. Unlisted codes stop.
Classification classify(const Error& error);
Classification classify(std::string_view sqlstate, std::string_view message);

}  // namespace rehome::pg
