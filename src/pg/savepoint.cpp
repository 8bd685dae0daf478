#include "pg/savepoint.h"

#include <utility>

namespace rehome::pg {

Savepoint::Savepoint(Connection& connection, std::string name)
    : connection_(connection), name_(std::move(name)) {
  connection_.execute({"set savepoint " + name_, "SAVEPOINT " + name_});
}

Savepoint::~Savepoint() {
  if (!open_) return;
  try {
    undo();
  } catch (const Error&) {
    // The next statement of this transaction says it.
  }
}

void Savepoint::release() {
  connection_.execute({"release savepoint " + name_, "RELEASE SAVEPOINT " + name_});
  open_ = false;
}

void Savepoint::undo() {
  open_ = false;
  connection_.execute({"undo savepoint " + name_,
                       "ROLLBACK TO SAVEPOINT " + name_ + "; RELEASE SAVEPOINT " + name_});
}

}  // namespace rehome::pg
