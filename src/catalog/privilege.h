// What a role lacks, as a finding that says how it is granted. Values only; safe from any thread.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "catalog/catalog.h"

namespace rehome::catalog {

// `object` as GRANT names it: a table, `SCHEMA app`, `DATABASE shop`. The role is the catalog's.
base::Diagnostic missing_privilege(std::string code, const Catalog& catalog,
                                   const std::string& privilege, const std::string& object);

}  // namespace rehome::catalog
