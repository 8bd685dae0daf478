// A savepoint: what fails behind it does not end the transaction, and at the source not the
// snapshot.
//
// Threading: as its Connection. Undone when it goes without having been released.
#pragma once

#include <string>

#include "pg/connection.h"

namespace rehome::pg {

class Savepoint {
 public:
  // `name`: a plain word, also for errors.
  Savepoint(Connection& connection, std::string name);
  // Never throws: a dead connection has rolled back.
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  void release();
  void undo();

 private:
  Connection& connection_;
  std::string name_;
  bool open_ = true;
};

}  // namespace rehome::pg
