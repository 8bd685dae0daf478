// Target columns, keys and what constructs make of them.
#include <fmt/format.h>

#include <algorithm>

#include "base/suggestion.h"
#include "plan/draft.h"

namespace rehome::plan {

namespace {

constexpr Oid k_uuid = 2950;

struct OtherColumns {
  const Draft* draft;
  DraftEntity* entity;
};

mapping::DeriveContext make_context(const Draft& draft, DraftEntity& entity,
                                    const catalog::Column& target, const OtherColumns* others);

sql::Fragment derive_other(const void* state, std::string_view column) {
  const auto& others = *static_cast<const OtherColumns*>(state);
  const mapping::Column* other = others.entity->entity->find_column(column);
  const catalog::Column* target = others.entity->target->find_column(column);
  if (other == nullptr || target == nullptr || other->construct->needed_column()) return {};
  return other->construct->derive(make_context(*others.draft, *others.entity, *target, &others))
      .value;
}

mapping::DeriveContext make_context(const Draft& draft, DraftEntity& entity,
                                    const catalog::Column& target, const OtherColumns* others) {
  mapping::DeriveContext context;
  context.column = target.name;
  context.target_type = target.type_text;
  const catalog::Type* stored = draft.target.find_stored_type(target.type);
  context.target_is_json = stored != nullptr && (stored->name == "json" || stored->name == "jsonb");
  context.source_table = entity.source->name.name;
  context.alias = entity.entity->alias.value;
  context.source_columns = entity.source->column_names();
  context.key_columns = entity.key_names;
  context.derive_other = derive_other;
  context.plan_state = others;
  return context;
}

std::string key_name(const mapping::KeyPart& part, std::size_t index) {
  const auto& parsed = part.source.parsed;
  const std::string& text = part.source.text.value;
  const bool plain = parsed.columns.size() == 1 && parsed.functions.empty() &&
                     parsed.subqueries.empty() &&
                     text.find_first_of("()+-*/|:' ") == std::string::npos;
  if (plain) return parsed.columns.front().column;
  if (part.target_column) return part.target_column->value;
  return fmt::format("key{}", index + 1);
}

const catalog::Column* find_target_column(Draft& draft, const DraftEntity& entity,
                                          const mapping::Text& name) {
  const catalog::Column* column = entity.target->find_column(name.value);
  if (column == nullptr) {
    draft.error(
        "E2105", name,
        fmt::format("no column {} in {} of the target", name.value, entity.target->name.text()),
        base::did_you_mean(name.value, entity.target->column_names()));
  } else if (column->generated) {
    draft.error("E2106", name,
                fmt::format("{} is a generated column: the target computes it", name.value),
                "leave it out of the mapping");
    return nullptr;
  }
  return column;
}

// The target's column for a part of the legacy key is an ordinary column whose value is that part.
void draft_key(Draft& draft, DraftEntity& entity) {
  for (std::size_t index = 0; index < entity.entity->key.size(); ++index) {
    const mapping::KeyPart& part = entity.entity->key[index];
    entity.key_names.push_back(key_name(part, index));
    if (!part.target_column) continue;
    const catalog::Column* target = find_target_column(draft, entity, *part.target_column);
    if (target == nullptr) continue;
    DraftColumn column;
    column.target = target;
    column.derivation.value = part.source.fragment();
    column.position = part.target_column->position;
    entity.columns.push_back(std::move(column));
  }
}

void draft_column(Draft& draft, DraftEntity& entity, const mapping::Column& mapped,
                  const OtherColumns& others) {
  const catalog::Column* target = find_target_column(draft, entity, mapped.name);
  if (target == nullptr) return;
  DraftColumn column;
  column.mapped = &mapped;
  column.target = target;
  column.position = mapped.construct->position();
  column.derivation = mapped.construct->derive(make_context(draft, entity, *target, &others));
  for (const mapping::Refusal& each : column.derivation.refusals) entity.holds.push_back(each);
  entity.columns.push_back(std::move(column));
}

bool is_mapped(const DraftEntity& entity, std::string_view name) {
  return std::any_of(entity.columns.begin(), entity.columns.end(),
                     [&](const DraftColumn& each) { return each.target->name == name; });
}

// Decides where the target's key comes from. A derived id becomes a column of its own.
void draft_target_key(Draft& draft, DraftEntity& entity) {
  entity.target_key = entity.target->primary_key();
  if (entity.target_key.empty()) {
    return draft.error("E2202", entity.entity->to,
                       fmt::format("{} has no primary key: its rows could not be told apart",
                                   entity.entity->to.value),
                       "give it one before moving rows into it");
  }
  std::vector<std::string> unmapped;
  for (const std::string& name : entity.target_key) {
    if (!is_mapped(entity, name)) unmapped.push_back(name);
  }
  for (const DraftColumn& each : entity.columns) {
    if (each.derivation.uuid) entity.id_source = IdSource::derived;
  }
  if (unmapped.empty()) return;
  const catalog::Column* column = entity.target->find_column(unmapped.front());
  if (unmapped.size() > 1 || entity.target_key.size() > 1 ||
      (column->type != k_uuid && column->sequence.empty())) {
    return draft.error("E2203", entity.entity->to,
                       fmt::format("nothing fills {}, part of the primary key of {}",
                                   sql::join(unmapped, ", "), entity.entity->to.value),
                       fmt::format("add it to columns:, e.g. `{}: …`", unmapped.front()));
  }
  DraftColumn id;
  id.target = column;
  id.position = entity.entity->to.position;
  if (column->type == k_uuid) id.derivation.uuid = mapping::UuidDerivation{};
  entity.id_source = column->type == k_uuid ? IdSource::derived : IdSource::sequence;
  entity.columns.insert(entity.columns.begin(), std::move(id));
}

// A NOT NULL column that neither the mapping nor a default fills would refuse every row.
void check_not_null(Draft& draft, const DraftEntity& entity) {
  for (const catalog::Column& each : entity.target->columns) {
    const bool filled = !each.not_null || each.has_default || each.generated ||
                        each.identity != catalog::Identity::none || is_mapped(entity, each.name);
    if (filled) continue;
    draft.error("E2201", entity.entity->to,
                fmt::format("{}.{} is NOT NULL, has no default, and nothing fills it",
                            entity.entity->to.value, each.name),
                fmt::format("add `{}: …` to columns: of {}, or give the column a default",
                            each.name, entity.entity->name.value));
  }
}

// A column of the joined table that is never NULL in a row that exists.
std::string presence_column(const DraftJoin& join) {
  const std::string alias = join.join->alias.value;
  for (const catalog::Column& each : join.table->columns) {
    if (each.not_null) return sql::qualified_column(alias, each.name) + " IS NULL";
  }
  return "(" + sql::quote_identifier(alias) + ".*) IS NULL";
}

void draft_holds(DraftEntity& entity) {
  for (const DraftJoin& each : entity.joins) {
    if (!each.join->required) continue;
    mapping::Refusal absent;
    absent.reason = "join:" + each.join->alias.value;
    absent.message =
        fmt::format("join {} finds no row of {}", each.join->alias.value, each.join->table.value);
    absent.when = sql::Fragment(presence_column(each));
    absent.position = each.join->alias.position;
    entity.holds.push_back(std::move(absent));
  }
  for (const mapping::Predicate& each : entity.entity->refuse) {
    entity.holds.push_back({"refuse:" + each.name.value, "refused by " + each.name.value,
                            each.when.fragment() + sql::Fragment(" IS TRUE"), each.name.position});
  }
}

}  // namespace

void draft_columns(Draft& draft) {
  for (DraftEntity& entity : draft.entities) {
    draft_holds(entity);
    draft_key(draft, entity);
    const OtherColumns others{&draft, &entity};
    for (const mapping::Column& each : entity.entity->columns)
      draft_column(draft, entity, each, others);
    draft_target_key(draft, entity);
    check_not_null(draft, entity);
  }
}

}  // namespace rehome::plan
