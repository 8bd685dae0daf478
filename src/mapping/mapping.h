// The mapping file as values: what the user wrote, every part with its line and column.
//
// Promise: a Mapping that `load` returned is complete in itself (known keys, right shapes, parsed
// expressions, entities that exist); whether it fits the two databases is the business of `plan`.
// Immutable; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "mapping/construct.h"
#include "mapping/text.h"

namespace rehome::mapping {

struct Database {
  Text url;  // after ${VAR}; never shown: it may hold a password
  Text schema;
  std::optional<Text> naive_timestamps;  // source: zone of timestamps without zone
  std::optional<Text> search_path;       // target: instead of what the role has configured
};

// A value of a target column, written as the target's type is written; nothing stands for NULL.
struct Constant {
  Text column;
  std::optional<std::string> value;
  base::Position position;  // of the value
};

// What happens to target rows whose driving row is gone.
enum class DeletePolicy { report, remove, mark };
struct Deletes {
  DeletePolicy policy = DeletePolicy::report;
  std::vector<Constant> mark;
  std::vector<Constant> unmark;  // when the driving row comes back
  base::Position position;
};

// What happens to rows that others have deleted from the target.
enum class Lost { report, restore };
enum class Conflicts { hold, source_wins, target_wins, newest, merge };
// A row that was in the target before and is not what the source makes of it.
enum class Differs { quarantine, source_wins, target_wins, newest };
struct ConflictPolicy {
  Conflicts word = Conflicts::hold;
  base::Position position;
};
struct DifferPolicy {
  Differs word = Differs::quarantine;
  base::Position position;
};
// `changed_at: {source: …, target: …}`: when a row was changed, on either side.
struct ChangedAt {
  Expression source;
  Text target;  // a column
};

struct Defaults {
  int batch_rows = 20000;
  std::int64_t batch_bytes = 16 << 20;
  Deletes deletes;
  double max_deletes_percent = 1;  // of an entity's rows; of more gone ones none is deleted
  Lost lost = Lost::report;
  ConflictPolicy conflicts;
  std::optional<ChangedAt> changed_at;
  DifferPolicy differs;
  std::vector<Text> ignored_target_columns;  // left to the target's own default on purpose
  std::vector<Text> ignored_source_tables;
};

// `x: {table: t, on: …, one: required|optional, pick: {order: …}}`: always a LEFT JOIN.
struct Join {
  Text alias;
  Text table;
  Expression on;
  bool required = false;                 // absent → the row is held, naming the join
  std::optional<Expression> pick_order;  // first of group by this order
};

// `each: {part: …, number: ordinality}`: one row for each that the expression gives.
struct Each {
  Text name;  // of what it gives: an alias, and its one column
  Expression rows;
  std::optional<Text> number;  // the column that numbers them, from 1
};

// One line of `share: {legacy_table: x}`: a constant that only this entity's rows of the target
// table have. It is one of the columns, too.
struct Share {
  Text column;
  std::string value;
};

struct KeyPart {
  Expression source;  // e.g. i.id
  std::optional<Text>
      target_column;  // the target's column that keeps it, e.g. legacy_instruction_id
};

// `exclude:` and `refuse:` entries: a name and a predicate, taken as `(predicate) IS TRUE`.
struct Predicate {
  Text name;
  Expression when;
};

// `adopt: {by: […], differs: …}`: how rows that were in the target before are taken.
struct Adopt {
  base::Position position;
  std::vector<Text> by;  // target columns that are a natural key; empty: by the legacy key only
  std::optional<DifferPolicy> differs;
};

// What may have been written before the latest change that was seen, and was not seen yet: of a
// time, with its unit as PostgreSQL has it; of a number, without.
struct Overlap {
  std::int64_t amount = 0;
  std::string unit;
  base::Position position;
};

// `detect: {updated_at: …}`: the source says when a row was changed last.
struct Detect {
  Expression updated_at;
  std::optional<Overlap> overlap;
};

enum class Owner { source, target };
enum class Losers { hold, leave_empty };

struct Column {
  Text name;  // in the target
  std::shared_ptr<const Construct> construct;
  Owner owner = Owner::source;
  std::optional<Losers> unique_losers;
};

struct Entity {
  Text name;
  Text from;   // table
  Text alias;  // its alias, or the table's name
  std::optional<Each> each;
  std::vector<Join> joins;
  Text to;  // target table
  std::vector<KeyPart> key;
  std::vector<Predicate> exclude;
  std::vector<Predicate> refuse;
  std::vector<Share> share;
  std::vector<Column> columns;  // in the order written
  std::optional<int> batch_rows;
  std::optional<Adopt> adopt;
  std::optional<Deletes> deletes;
  std::optional<double> max_deletes_percent;
  std::optional<Lost> lost;
  std::optional<Detect> detect;
  std::optional<ConflictPolicy> conflicts;
  std::optional<ChangedAt> changed_at;
  // What the user wrote of from, each, join, key, share, exclude, refuse and columns as canonical
  // JSON (comments and spacing gone): the meaning that the fingerprint is made of.
  std::string canonical;

  const Column* find_column(std::string_view column) const;
};

struct Mapping {
  base::SourceText source_text;
  std::string name;
  Database source;
  Database target;
  Defaults defaults;
  std::optional<Text> uuid_namespace;
  std::vector<Entity> entities;  // in the order written

  const Entity* find_entity(std::string_view name) const;
  // What the entity says for itself, or the defaults.
  const ConflictPolicy& conflicts_of(const Entity& entity) const;
  const DifferPolicy& differs_of(const Entity& entity) const;
  // The word by which the newer side of a row wins; nothing where none does.
  const base::Position* find_newest(const Entity& entity) const;
  // Nothing where nobody asks when a row was changed.
  const ChangedAt* find_changed_at(const Entity& entity) const;
};

}  // namespace rehome::mapping
