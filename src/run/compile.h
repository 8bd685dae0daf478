// From a mapping file and two live databases to a plan, or everything that is in its way.
#pragma once

#include <string>

#include "base/result.h"
#include "catalog/catalog.h"
#include "mapping/mapping.h"
#include "pg/connection.h"
#include "plan/compile.h"
#include "plan/plan.h"

namespace rehome::run {

struct Compiled {
  mapping::Mapping mapping;
  catalog::Catalog source;
  catalog::Catalog target;
  plan::Plan plan;
  plan::TypeAnswers answers;  // that it was compiled with
};

// The types the source's own parser gives to the plan's questions. What it refuses becomes a
// finding (E2302) at the place in the mapping its message points at.
plan::TypeAnswers describe_questions(pg::Connection& source,
                                     const std::vector<plan::QuestionSet>& questions,
                                     base::Diagnostics& findings);

// Reads both catalogs and compiles. The source connection must not be in a transaction.
base::Result<Compiled> compile(mapping::Mapping mapping, pg::Connection& source,
                               pg::Connection& target);

}  // namespace rehome::run
