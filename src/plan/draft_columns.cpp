// Target columns, keys and what constructs make of them.
#include <fmt/format.h>

#include <algorithm>

#include "base/suggestion.h"
#include "plan/draft.h"

namespace rehome::plan {

namespace {

constexpr Oid k_uuid = 2950;

mapping::DeriveContext make_context(const Draft& draft, const DraftEntity& entity,
                                    const catalog::Column& target) {
  mapping::DeriveContext context;
  context.column = target.name;
  context.target_type = target.type_text;
  const catalog::Type* stored = draft.target.find_stored_type(target.type);
  context.target_is_json = stored != nullptr && (stored->name == "json" || stored->name == "jsonb");
  context.source_table = entity.source->name.text();
  context.alias = entity.entity->alias.value;
  context.source_columns = entity.source->column_names();
  context.key_columns = entity.key_names;
  return context;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The ledger calls its column by it, with a prefix: so it is short, and no two parts share it. Only
// a plain column of the source goes by that column's name.
std::string key_name(const DraftEntity& entity, const mapping::KeyPart& part, std::size_t index) {
  constexpr std::size_t k_bytes_max = 48;
  const auto is_free = [&](const std::string& name) {
    return name.size() <= k_bytes_max && !contains(entity.key_names, name);
  };
  const catalog::Column* plain = find_plain_column(entity, part.source);
  if (plain == nullptr) plain = find_each_column(entity, part.source);
  if (plain != nullptr && is_free(plain->name)) return plain->name;
  if (part.target_column && is_free(part.target_column->value) &&
      entity.source->find_column(part.target_column->value) == nullptr) {
    return part.target_column->value;
  }
  return fmt::format("key{}", index + 1);
}

// The target's column for a part of the legacy key is an ordinary column whose value is that part.
void draft_key(Draft& draft, DraftEntity& entity) {
  for (std::size_t index = 0; index < entity.entity->key.size(); ++index) {
    const mapping::KeyPart& part = entity.entity->key[index];
    entity.key_names.push_back(key_name(entity, part, index));
    if (!part.target_column) continue;
    const catalog::Column* target = find_target_column(draft, entity, *part.target_column);
    if (target == nullptr) continue;
    DraftColumn column;
    column.target = target;
    column.key_part = &part;
    column.derivation.value = part.source.fragment();
    column.position = part.target_column->position;
    entity.columns.push_back(std::move(column));
  }
}

void draft_column(Draft& draft, DraftEntity& entity, const mapping::Column& mapped) {
  const catalog::Column* target = find_target_column(draft, entity, mapped.name);
  if (target == nullptr) return;
  DraftColumn column;
  column.mapped = &mapped;
  column.target = target;
  column.position = mapped.construct->position();
  column.derivation = mapped.construct->derive(make_context(draft, entity, *target));
  if (column.derivation.leaves_empty && !is_nullable(draft.target, *target)) {
    draft.error("E2409", column.position, 1,
                fmt::format("{} is NOT NULL: this {} cannot leave it empty", target->name,
                            mapped.construct->name()),
                "write quarantine instead of leave_empty, or the value it shall have");
  }
  for (const mapping::Refusal& each : column.derivation.refusals) entity.holds.push_back(each);
  entity.columns.push_back(std::move(column));
}

bool is_uuid(const Draft& draft, const catalog::Column& column) {
  const catalog::Type* stored = draft.target.find_stored_type(column.type);
  return stored != nullptr && stored->oid == k_uuid;
}

void check_uuids(Draft& draft, const DraftEntity& entity) {
  int timed = 0;
  for (const DraftColumn& each : entity.columns) {
    if (!each.derivation.uuid) continue;
    if (!is_uuid(draft, *each.target)) {
      draft.error("E2602", each.position, 1,
                  fmt::format("{} is {}: a uuid does not go into it", each.target->name,
                              each.target->type_text),
                  "map the value it shall have");
    }
    if (each.derivation.uuid->version == mapping::UuidVersion::v7 && ++timed > 1) {
      draft.error("E2603", each.position, 1, "only one column of an entity can be a uuid v7",
                  "v5 and v8 need no time");
    }
  }
}

bool is_mapped(const DraftEntity& entity, std::string_view name) {
  return std::any_of(entity.columns.begin(), entity.columns.end(),
                     [&](const DraftColumn& each) { return each.target->name == name; });
}

}  // namespace

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

bool is_nullable(const catalog::Catalog& target, const catalog::Column& column) {
  if (column.not_null) return false;
  for (const auto* type = target.find_type(column.type);
       type != nullptr && type->kind == catalog::TypeKind::domain;
       type = target.find_type(type->domain_base)) {
    if (type->domain_not_null) return false;
  }
  return true;
}

namespace {

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
    if (each.derivation.uuid && contains(entity.target_key, each.target->name))
      entity.id_source = IdSource::derived;
  }
  if (unmapped.empty()) return;
  const catalog::Column* column = entity.target->find_column(unmapped.front());
  const bool uuid = is_uuid(draft, *column);
  if (unmapped.size() > 1 || entity.target_key.size() > 1 || (!uuid && column->sequence.empty())) {
    return draft.error("E2203", entity.entity->to,
                       fmt::format("nothing fills {}, part of the primary key of {}",
                                   sql::join(unmapped, ", "), entity.entity->to.value),
                       fmt::format("add it to columns:, e.g. `{}: …`", unmapped.front()));
  }
  DraftColumn id;
  id.target = column;
  id.position = entity.entity->to.position;
  if (uuid) id.derivation.uuid = mapping::UuidDerivation{};
  entity.id_source = uuid ? IdSource::derived : IdSource::sequence;
  entity.columns.insert(entity.columns.begin(), std::move(id));
}

// A NOT NULL column that neither the mapping nor a default fills would refuse every row.
void check_not_null(Draft& draft, const DraftEntity& entity) {
  for (const catalog::Column& each : entity.target->columns) {
    const bool filled = is_nullable(draft.target, each) || each.has_default || each.generated ||
                        each.identity != catalog::Identity::none || is_mapped(entity, each.name);
    if (filled || contains(entity.target_key, each.name)) continue;
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

namespace {

// A column that the target computes can say it as well as any other.
void draft_changed_at(Draft& draft, DraftEntity& entity) {
  const mapping::ChangedAt* changed = draft.mapping.find_changed_at(*entity.entity);
  if (changed == nullptr) return;
  if (entity.target->find_column(changed->target.value) != nullptr) {
    entity.changed_at = changed;
    return;
  }
  draft.error("E2105", changed->target,
              fmt::format("no column {} in {} of the target", changed->target.value,
                          entity.target->name.text()),
              base::did_you_mean(changed->target.value, entity.target->column_names()));
}

}  // namespace

void draft_columns(Draft& draft) {
  for (DraftEntity& entity : draft.entities) {
    draft_holds(entity);
    draft_key(draft, entity);
    for (const mapping::Column& each : entity.entity->columns) draft_column(draft, entity, each);
    draft_changed_at(draft, entity);
    check_uuids(draft, entity);
    draft_target_key(draft, entity);
    check_not_null(draft, entity);
  }
}

}  // namespace rehome::plan
