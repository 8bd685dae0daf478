// Reads what a database looks like.
//
// Promise: needs no privilege beyond connecting; what the role may do is part of what is read.
// PostgreSQL 13 to 18. The connection's thread.
#pragma once

#include <string>

#include "catalog/catalog.h"
#include "pg/connection.h"

namespace rehome::pg {

// The catalog of `schema` and the facts of the session's role. A fixed small number of queries
// whatever the number of tables (600 tables in well under 5 s). Read in the connection's current
// transaction if one is open, else in one snapshot of its own; the search_path is as before
// afterwards. After an exception a transaction of
// the caller has failed.
catalog::Catalog read_catalog(Connection& connection, const std::string& schema);

}  // namespace rehome::pg
