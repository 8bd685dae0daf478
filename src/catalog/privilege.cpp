#include "catalog/privilege.h"

#include <fmt/format.h>

#include "sql/identifier.h"

namespace rehome::catalog {

base::Diagnostic missing_privilege(std::string code, const Catalog& catalog,
                                   const std::string& privilege, const std::string& object) {
  return {std::move(code),
          base::Severity::error,
          {},
          1,
          fmt::format("role {} lacks {} on {}", catalog.role.name, privilege, object),
          fmt::format("GRANT {} ON {} TO {}", privilege, object,
                      sql::quote_identifier(catalog.role.name))};
}

}  // namespace rehome::catalog
