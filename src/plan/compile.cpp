#include "plan/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "plan/build_entity.h"
#include "plan/draft.h"
#include "plan/fingerprint.h"
#include "plan/order.h"

namespace rehome::plan {

Compiler::Compiler(const mapping::Mapping& mapping, const catalog::Catalog& source,
                   const catalog::Catalog& target)
    : draft_(std::make_unique<Draft>(Draft{mapping, source, target, {}, {}, {}})) {
  draft_tables(*draft_);
  draft_columns(*draft_);
  check_names(*draft_);
  check_refs(*draft_);
  check_keys(*draft_);
  draft_questions(*draft_);
}

Compiler::~Compiler() = default;

const base::Diagnostics& Compiler::findings() const { return draft_->findings; }

const std::vector<QuestionSet>& Compiler::questions() const { return draft_->questions; }

namespace {

std::vector<const mapping::Expression*> expressions_of(const DraftEntity& drafted) {
  const mapping::Entity& entity = *drafted.entity;
  std::vector<const mapping::Expression*> all;
  if (entity.each) all.push_back(&entity.each->rows);
  for (const auto& each : entity.joins) {
    all.push_back(&each.on);
    if (each.pick_order) all.push_back(&*each.pick_order);
  }
  for (const auto& each : entity.key) all.push_back(&each.source);
  for (const auto& each : entity.exclude) all.push_back(&each.when);
  for (const auto& each : entity.refuse) all.push_back(&each.when);
  if (drafted.changed_at != nullptr) all.push_back(&drafted.changed_at->source);
  for (const auto& column : entity.columns) {
    const auto own = column.construct->expressions();
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

// Every table that expressions read, driving and joined ones and those of subqueries.
std::vector<sql::QualifiedName> source_tables(const Draft& draft) {
  std::set<sql::QualifiedName> tables;
  for (const DraftEntity& entity : draft.entities) {
    tables.insert(entity.source->name);
    for (const DraftJoin& each : entity.joins) tables.insert(each.table->name);
    for (const mapping::Expression* expression : expressions_of(entity)) {
      for (const auto& each : expression->parsed.tables) {
        tables.insert({each.schema.empty() ? draft.source.schema : each.schema, each.name});
      }
    }
  }
  return {tables.begin(), tables.end()};
}

}  // namespace

base::Result<Plan> Compiler::compile(const TypeAnswers& answers) {
  Plan plan;
  plan.name = draft_->mapping.name;
  plan.source_version = draft_->source.server_version;
  plan.target_version = draft_->target.server_version;
  plan.source_schema = draft_->source.schema;
  plan.target_schema = draft_->target.schema;
  if (draft_->mapping.target.search_path)
    plan.target_search_path = draft_->mapping.target.search_path->value;
  if (draft_->mapping.uuid_namespace) plan.uuid_namespace = draft_->mapping.uuid_namespace->value;
  if (base::has_errors(draft_->findings)) return tl::unexpected(draft_->findings);

  resolve_key_types(*draft_, answers);
  for (const DraftEntity& each : draft_->entities)
    plan.entities.push_back(build_entity(*draft_, each, answers));
  tie_removals(plan.entities);
  order_entities(plan.entities, draft_->findings);
  if (base::has_errors(draft_->findings)) return tl::unexpected(draft_->findings);

  plan.source_tables = source_tables(*draft_);
  plan.fingerprint = fingerprint(draft_->mapping);
  return plan;
}

const Column* Entity::find_column(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& candidate) {
    return candidate.name == column;
  });
  return found == columns.end() ? nullptr : &*found;
}

std::size_t count_tied(std::span<const Entity> entities) {
  const int knot = entities.front().knot;
  if (knot == 0) return 1;
  const auto end = std::find_if(entities.begin(), entities.end(),
                                [&](const Entity& each) { return each.knot != knot; });
  return static_cast<std::size_t>(end - entities.begin());
}

bool Entity::may_lack_key() const {
  return std::any_of(key.begin(), key.end(), [](const KeyColumn& part) { return part.nullable; });
}

std::vector<std::string> Plan::source_table_texts() const {
  std::vector<std::string> texts;
  for (const sql::QualifiedName& each : source_tables) texts.push_back(each.text());
  return texts;
}

const Entity* Plan::find_entity(std::string_view entity) const {
  const auto found = std::find_if(entities.begin(), entities.end(),
                                  [&](const Entity& each) { return each.name == entity; });
  return found == entities.end() ? nullptr : &*found;
}

}  // namespace rehome::plan
