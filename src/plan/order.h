// Which entity goes first: parents before children.
#pragma once

#include "base/diagnostic.h"
#include "plan/plan.h"

namespace rehome::plan {

// Sorts the entities so that every ref leads to an earlier one; among equals the order of the
// mapping stays. Refs of an entity to itself, and nullable refs that close a cycle, become
// `deferred`. Entities in a cycle of refs that may not be empty become a knot, and stand side by
// side; that they cannot is a finding (E2501 to E2503).
void order_entities(std::vector<Entity>& entities, base::Diagnostics& findings);

}  // namespace rehome::plan
