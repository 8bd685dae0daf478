// The plan at a glance, for people.
#pragma once

#include <string>

#include "plan/plan.h"

namespace rehome::plan {

// Per entity, parents first: where its rows come from and go to, its key and id, its columns, what
// refers to what.
std::string write_text(const Plan& plan);

}  // namespace rehome::plan
