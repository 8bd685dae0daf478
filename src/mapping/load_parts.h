// The parts of load(), one file each. Each reports what is wrong and returns as much as it could
// read, so that one mistake does not hide the others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mapping/fields.h"
#include "mapping/load.h"
#include "mapping/problems.h"

namespace rehome::mapping {

Database read_database(const Node& node, const Shape& shape, const Environment& environment,
                       Problems& problems);
Defaults read_defaults(const Node& node, Problems& problems);
// Of `defaults` and of an entity: what happens to rows that leave one of the two databases.
struct LeavingRows {
  std::optional<Deletes> deletes;
  std::optional<double> max_deletes_percent;
  std::optional<Lost> lost;
};
LeavingRows read_leaving_rows(const Node& node, Problems& problems);
std::optional<Detect> read_detect(const Node& node, Problems& problems);
// Of `defaults` and of an entity: what happens to rows that both sides changed.
struct BothChanged {
  std::optional<ConflictPolicy> conflicts;
  std::optional<ChangedAt> changed_at;
};
BothChanged read_both_changed(const Node& node, Problems& problems);
Entity read_entity(const Member& member, Problems& problems);
std::optional<Each> read_each(const Node& node, Problems& problems);
void read_share(const Node& node, Entity& entity, Problems& problems);
std::vector<Join> read_joins(const Node& node, Problems& problems);
// `shape`: which keys may stand there.
Adopt read_adopt(const Node& node, const Shape& shape, Problems& problems);
Column read_column(const Member& member, Problems& problems);

// Replaces each same_as by what the column it names does.
void resolve_same_as(Entity& entity, Problems& problems);
// Everything that one entity's names must fulfil: aliases, joins, columns.
void check_names(const Entity& entity, Problems& problems);
// An expression of the defaults names tables that the entity has.
void check_names(const Entity& entity, const Expression& expression, Problems& problems);
// Where the newer side of a row wins, it can be told.
void check_changed_at(const Mapping& mapping, Problems& problems);
// Refs lead to entities that exist. `names`: all entities of the file, readable or not.
void check_refs(const std::vector<Entity>& entities, const std::vector<std::string>& names,
                Problems& problems);

// Entities that fill one table can be told apart there.
void check_shares(const std::vector<Entity>& entities, Problems& problems);

// What the user wrote of an entity, as JSON without comments and spacing.
std::string write_canonical(const Node& entity);

}  // namespace rehome::mapping
