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

// Findings for labels written in the mapping that the target's enumeration does not have. True if
// no other value can come out of the column.
bool check_labels(Draft& draft, const DraftColumn& column);
// What the source says of an expression's type; nothing when it was not asked.
const TypeAnswer* find_answer(const TypeAnswers& answers, const std::string& entity,
                              const std::string& item);
// What happens to rows that both sides changed. After the columns.
void build_conflicts(Draft& draft, const DraftEntity& drafted, const TypeAnswers& answers,
                     Entity& entity);
void build_inputs(const Draft& draft, const DraftEntity& drafted, Entity& entity);
void build_probes(const DraftEntity& drafted, Entity& entity);
// A unique index on columns, of all rows.
bool is_unique_key(const catalog::Index& index);
void build_removal(Draft& draft, const DraftEntity& drafted, Entity& entity);
void build_detection(Draft& draft, const DraftEntity& drafted, Entity& entity);
// Finds the entities whose rows may have to be deleted together. Of all entities, when each is
// built.
void tie_removals(std::vector<Entity>& entities);
void build_unique_checks(Draft& draft, const DraftEntity& drafted, Entity& entity);
void build_adoption(Draft& draft, const DraftEntity& drafted, Entity& entity);

}  // namespace rehome::plan
