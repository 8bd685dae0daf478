// Target tables that would not keep what they are sent.
#include <fmt/format.h>

#include "run/check.h"

namespace rehome::run::checks {

void tables_take_rows(const CheckContext& context, base::Diagnostics& findings) {
  for (const plan::Entity& each : context.compiled.plan.entities) {
    const catalog::Table& table = *context.compiled.target.find_table(each.target_table.name);
    const mapping::Entity* mapped = context.compiled.mapping.find_entity(each.name);
    for (const std::string& rule : table.rules) {
      findings.push_back(
          {"E2108", base::Severity::error, mapped->to.position,
           static_cast<int>(mapped->to.value.size()),
           fmt::format("rule {} rewrites INSERT on {}: COPY ignores it, INSERT obeys it", rule,
                       table.name.text()),
           "drop the rule, or make a trigger of it"});
    }
    if (context.compiled.source.system_identifier == context.compiled.target.system_identifier &&
        !context.compiled.source.system_identifier.empty() &&
        context.compiled.source.database == context.compiled.target.database &&
        each.source_table == each.target_table) {
      findings.push_back({"E4201", base::Severity::error, mapped->to.position,
                          static_cast<int>(mapped->to.value.size()),
                          fmt::format("{} is source and target at once", table.name.text()),
                          "check the two urls"});
    }
  }
}

}  // namespace rehome::run::checks
