// Knots: entities whose rows refer to each other by columns that may not be empty, so that neither
// can come before the other. Inside the room only.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "plan/plan.h"

namespace rehome::plan {

// True if one of its parents is among them.
bool leads_to(const Ref& ref, const std::set<std::string>& names);
bool may_be_empty(const Entity& entity, const Ref& ref);

// Makes a knot of these entities, with this number: their rows come in one transaction, each
// entity's after those that its foreign keys demand at once. Or says why they cannot.
void tie(std::vector<Entity>& entities, int knot, base::Diagnostics& findings);

}  // namespace rehome::plan
