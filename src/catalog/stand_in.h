// Stand-ins: what a rehearsal writes into instead of the target's tables. Each is a temporary view
// that shows the rows of its table, and takes what is written into a temporary table beside it.
//
// Promise: pure text and values; any thread. A stand-in has the defaults and constraints of its
// table, but runs no trigger of it, and no foreign key watches it; its unique indexes on
// expressions or with a predicate see the rows that are written only.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace rehome::catalog {

// The same catalog, in which `pg_temp` has the tables of these names, and their sequences.
Catalog with_stand_ins(const Catalog& target, const std::vector<std::string>& tables);

// The statements that create the stand-ins of these tables, to be run on the target inside the
// transaction that ends the rehearsal by a rollback.
std::string stand_in_statements(const Catalog& target, const std::vector<std::string>& tables);

}  // namespace rehome::catalog
