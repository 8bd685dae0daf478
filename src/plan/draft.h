// The plan half done: names resolved, constructs derived, types of expressions still unknown.
// Inside the room only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "plan/compile.h"

namespace rehome::plan {

struct DraftColumn {
  const mapping::Column* mapped = nullptr;  // nullptr: a derived id or a legacy key column
  const catalog::Column* target = nullptr;
  const mapping::KeyPart* key_part = nullptr;  // of a legacy key column
  mapping::Derivation derivation;
  base::Position position;
};

// A join after its names are resolved.
struct DraftJoin {
  const mapping::Join* join = nullptr;
  const catalog::Table* table = nullptr;
  bool proven_single = false;  // a unique index shows that it cannot double rows
};

struct DraftEntity {
  const mapping::Entity* entity = nullptr;
  const catalog::Table* source = nullptr;
  const catalog::Table* target = nullptr;
  std::shared_ptr<const catalog::Table> each;  // what `each` gives, as if it were a table
  std::vector<DraftJoin> joins;
  sql::Fragment each_rows;
  sql::Fragment driving;
  sql::Fragment from;
  std::vector<std::string> key_names;
  std::vector<KeyColumn> key;  // from resolve_key_types on
  std::vector<std::string> target_key;
  IdSource id_source = IdSource::mapped;
  std::vector<DraftColumn> columns;
  const mapping::ChangedAt* changed_at = nullptr;
  std::vector<mapping::Refusal>
      holds;  // of joins, `refuse:` and constructs; losses follow in compile
};

struct Draft {
  const mapping::Mapping& mapping;
  const catalog::Catalog& source;
  const catalog::Catalog& target;
  base::Diagnostics findings;
  std::vector<DraftEntity> entities;  // in the order of the mapping; only those whose tables exist
  std::vector<QuestionSet> questions;

  void error(std::string code, const mapping::Text& at, std::string message, std::string hint = "");
  void error(std::string code, const base::Position& at, int length, std::string message,
             std::string hint = "");
  const DraftEntity* find_entity(std::string_view name) const;
};

// Each adds findings and fills its part of the draft.
void draft_tables(Draft& draft);   // source, joined and target tables; the FROM clause
void draft_columns(Draft& draft);  // target columns, key, derivations, holds
void check_names(Draft& draft);    // columns, tables and functions that expressions name
void check_refs(Draft& draft);     // every ref leads where the target's foreign key points
void check_keys(Draft& draft);     // every key column stores what it is sent
void draft_questions(Draft& draft);

// The tables and aliases visible to an entity's expressions.
using VisibleTables = std::map<std::string, const catalog::Table*>;
VisibleTables visible_tables(const DraftEntity& entity);

// The aliases a reference may mean: the one it names, or every one whose table has such a column.
std::vector<std::string> aliases_of(const VisibleTables& visible,
                                    const sql::ColumnReference& reference);

// The column, when the expression is nothing but a column of the driving row.
const catalog::Column* find_plain_column(const DraftEntity& entity,
                                         const mapping::Expression& expression);

// The same for a column of what `each` gives.
const catalog::Column* find_each_column(const DraftEntity& entity,
                                        const mapping::Expression& expression);

// The name of a foreign key of this column that is checked by each statement; empty: none is.
std::string find_immediate_constraint(const catalog::Table& table, const std::string& column);

// The target's column of that name, or nothing after a finding; none that the target computes.
const catalog::Column* find_target_column(Draft& draft, const DraftEntity& entity,
                                          const mapping::Text& name);

// False for columns and domains that are NOT NULL.
bool is_nullable(const catalog::Catalog& target, const catalog::Column& column);

// True if `on` compares columns of `alias` for equality with other expressions such that a unique
// index of `table` covers them.
bool proves_single(const mapping::Join& join, const catalog::Table& table);

}  // namespace rehome::plan
