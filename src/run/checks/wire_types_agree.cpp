// Binary COPY reinterprets equal widths without complaint, so what the source will really send is
// compared with what the plan says before a byte moves.
#include <fmt/format.h>

#include "plan/statements.h"
#include "run/check.h"

namespace rehome::run::checks {

void wire_types_agree(const CheckContext& context, base::Diagnostics& findings) {
  for (const plan::Entity& entity : context.compiled.plan.entities) {
    const sql::Fragment statement = plan::derive_statement(entity, {});
    const auto fields =
        context.source.describe({"describe derived rows of " + entity.name, statement.text()});
    for (std::size_t index = 0; index < entity.columns.size(); ++index) {
      const plan::Column& column = entity.columns[index];
      if (entity.fields[index] == plan::k_no_field) continue;
      const pg::ColumnType& field = fields[entity.fields[index]];
      if (field.oid == column.wire_type) continue;
      findings.push_back(
          {"E3401", base::Severity::error, column.position, 1,
           fmt::format("the source would send {} as type {}, the target column {} takes {}",
                       column.name, field.oid, column.target_type, column.wire_type),
           "cast the expression to the type of the target column"});
    }
  }
}

}  // namespace rehome::run::checks
