#include "pg/moment.h"

namespace rehome::pg {

Moment::Moment(Connection& connection) : connection_(connection) {
  connection_.execute({"begin moment", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"});
}

Moment::~Moment() { connection_.rollback(); }

}  // namespace rehome::pg
