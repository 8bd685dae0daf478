// `detect` trusts one column of the driving table. What rows take from other tables changes without
// it.
#include <fmt/format.h>

#include "run/check.h"
#include "sql/identifier.h"

namespace rehome::run::checks {

void changes_are_told(const CheckContext& context, base::Diagnostics& findings) {
  for (const plan::Entity& entity : context.compiled.plan.entities) {
    if (!entity.detection || entity.detection->unseen.empty()) continue;
    findings.push_back(
        {"E2112", base::Severity::warning, entity.detection->position, 1,
         fmt::format(
             "{} does not tell when a row of {} changes, from which {} takes something, too",
             entity.detection->value, sql::join(entity.detection->unseen, " or "), entity.name),
         "rehome sync --thorough finds such changes: run it now and then"});
  }
}

}  // namespace rehome::run::checks
