// Rows of a cycle cannot wait for one another: whoever wrote that they shall is told.
#include <fmt/format.h>

#include "run/check.h"

namespace rehome::run::checks {

namespace {

bool is_quarantine_written(const mapping::Entity& entity, const plan::Ref& ref) {
  if (ref.missing != mapping::Missing::quarantine) return false;
  const mapping::Column* column = entity.find_column(ref.column);
  if (column == nullptr) return false;
  const auto derivation = column->construct->derive({});
  return derivation.ref && derivation.ref->missing_written;
}

}  // namespace

void deferred_refs_are_open(const CheckContext& context, base::Diagnostics& findings) {
  for (const plan::Entity& entity : context.compiled.plan.entities) {
    const mapping::Entity* mapped = context.compiled.mapping.find_entity(entity.name);
    for (const plan::Ref& ref : entity.refs) {
      if (!ref.deferred || !is_quarantine_written(*mapped, ref)) continue;
      findings.push_back(
          {"E2408", base::Severity::warning, ref.position, 1,
           fmt::format("{}.{} leads back to {}: a row whose parent is missing is not held, it goes "
                       "with an empty {}",
                       entity.name, ref.column, entity.name, ref.column),
           "the ref stays open and is filled when the parent arrives: write missing: leave_empty"});
    }
  }
}

}  // namespace rehome::run::checks
