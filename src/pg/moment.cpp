#include "pg/moment.h"

namespace rehome::pg {

Moment::Moment(Connection& connection) : connection_(connection) {
  connection_.begin({"begin moment", ""}, "ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

Moment::~Moment() { connection_.rollback(); }

}  // namespace rehome::pg
