// May the two roles look into the schemas at all? Asked first: without USAGE everything else fails
// with words that mislead.
#pragma once

#include "base/diagnostic.h"
#include "catalog/catalog.h"
#include "mapping/mapping.h"
#include "pg/connection.h"

namespace rehome::run {

// A finding (E4107) for each schema of either side that the mapping names and its role may not use.
base::Diagnostics read_unusable_schemas(const mapping::Mapping& mapping,
                                        const catalog::Catalog& source,
                                        const catalog::Catalog& target,
                                        pg::Connection& source_connection);

}  // namespace rehome::run
