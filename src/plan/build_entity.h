// One entity of the draft, with the types of its expressions known, becomes one entity of the plan.
// Inside the room only.
#pragma once

#include "plan/draft.h"

namespace rehome::plan {

// Types of all legacy keys first, because refs need those of their parents. Findings go to the
// draft.
void resolve_key_types(Draft& draft, const TypeAnswers& answers);

Entity build_entity(Draft& draft, const DraftEntity& drafted, const TypeAnswers& answers);

// The parts of it, each in a file of its own.
void build_inputs(const Draft& draft, const DraftEntity& drafted, Entity& entity);
void build_probes(const Draft& draft, const DraftEntity& drafted, Entity& entity);
void build_unique_checks(const Draft& draft, const DraftEntity& drafted, Entity& entity);

}  // namespace rehome::plan
