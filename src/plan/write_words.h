// Words that the written forms of a plan share. Inside the room only.
#pragma once

#include <string>

#include "plan/plan.h"

namespace rehome::plan {

// `3 entities`
std::string count_entities(const Plan& plan);

// `rehome.yaml:24`
std::string place_of(const base::Position& position);

}  // namespace rehome::plan
