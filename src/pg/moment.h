// A moment: what is read while it lasts is read of one state of the database, whatever others
// commit meanwhile.
//
// Threading: as its Connection, which has no transaction open before and none after.
#pragma once

#include "pg/connection.h"

namespace rehome::pg {

class Moment {
 public:
  // `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`.
  explicit Moment(Connection& connection);
  ~Moment();
  Moment(const Moment&) = delete;
  Moment& operator=(const Moment&) = delete;

 private:
  Connection& connection_;
};

}  // namespace rehome::pg
