#include "plan/write_text.h"

#include <fmt/format.h>

#include "base/amount.h"
#include "plan/statements.h"
#include "plan/write_words.h"
#include "sql/identifier.h"

namespace rehome::plan {

namespace {

std::string join_names(const Entity& entity, const std::vector<std::size_t>& columns) {
  std::vector<std::string> names;
  for (const std::size_t each : columns) names.push_back(entity.columns[each].name);
  return sql::join(names, ", ");
}

std::string describe_key(const Entity& entity) {
  std::vector<std::string> parts;
  for (const KeyColumn& each : entity.key)
    parts.push_back(fmt::format("{} {}", each.name, each.type_text));
  std::string text = sql::join(parts, ", ");
  if (!entity.legacy_columns.empty())
    text += ", kept in " + join_names(entity, entity.legacy_columns);
  return text;
}

std::string describe_id(const Entity& entity) {
  std::vector<std::string> names;
  for (const TargetKeyColumn& each : entity.target_key) names.push_back(each.name);
  const std::string columns = sql::join(names, ", ");
  if (entity.id_source == IdSource::sequence) return columns + " from " + entity.sequence;
  for (const Column& each : entity.columns) {
    if (!each.uuid) continue;
    if (each.hashed_id) return columns + ", made from the key";
    return fmt::format("{}, uuid v{} made from the key", columns,
                       *each.uuid == mapping::UuidVersion::v4   ? 4
                       : *each.uuid == mapping::UuidVersion::v5 ? 5
                       : *each.uuid == mapping::UuidVersion::v7 ? 7
                                                                : 8);
  }
  return columns + ", mapped";
}

std::string describe_columns(const Entity& entity) {
  std::string text;
  for (const Column& each : entity.columns) {
    if (each.ref) {
      std::vector<std::string> parents;
      for (const RefTarget& target : entity.refs[*each.ref].targets)
        parents.push_back(target.entity + (target.is_key ? "" : ", its " + target.column));
      text += fmt::format("    {:<24} {:<28} ref to {}\n", each.name, each.target_type,
                          sql::join(parents, " or "));
    } else if (!each.value.empty()) {
      const std::string loss = each.source_type.empty() || each.source_type == each.target_type
                                   ? ""
                                   : "from " + each.source_type;
      text += fmt::format("    {:<24} {:<28} {}\n", each.name, each.target_type,
                          each.audit ? "audit" : loss);
    }
  }
  return text;
}

std::string describe_knot(const Plan& plan, const Entity& entity) {
  std::vector<std::string> others;
  for (const Entity& each : plan.entities) {
    if (each.knot == entity.knot && each.name != entity.name) others.push_back(each.name);
  }
  return others.empty() ? "rows that refer to each other come together"
                        : "rows come together with those of " + sql::join(others, ", ");
}

std::string describe_removal(const Entity& entity) {
  const Removal& removal = entity.removal;
  std::string text;
  if (removal.policy != mapping::DeletePolicy::report) {
    text += fmt::format("  gone    {}, at most {:g} % of the rows at once\n",
                        removal.policy == mapping::DeletePolicy::remove ? "deleted" : "marked",
                        removal.percent_max);
  }
  if (entity.lost == mapping::Lost::restore) text += "  lost    restored\n";
  return text;
}

std::string describe(const Plan& plan, const Entity& entity) {
  std::string text = fmt::format("{}: {} -> {}\n", entity.name, entity.source_table.text(),
                                 entity.target_table.text());
  text += fmt::format("  key     {}\n  id      {}\n", describe_key(entity), describe_id(entity));
  if (!entity.share.empty()) text += "  share   " + share_condition(entity, "t") + "\n";
  if (!entity.each.empty()) text += "  each    " + entity.each.text() + "\n";
  text +=
      fmt::format("  batches {} of about {}\n", entity.ranged ? "ranges of keys" : "hash buckets",
                  base::write_amount(entity.batch_rows, "row", "rows"));
  if (entity.detection) {
    text += fmt::format("  detect  batches without a later {} are only counted\n",
                        entity.detection->column);
  }
  if (entity.knot != 0) text += "  knot    " + describe_knot(plan, entity) + "\n";
  if (!entity.adoption.by.empty())
    text +=
        fmt::format("  adopts  rows with the same {}\n", join_names(entity, entity.adoption.by));
  for (const Exclusion& each : entity.exclusions) text += fmt::format("  exclude {}\n", each.name);
  text += describe_removal(entity);
  for (const Hold& each : entity.holds)
    text += fmt::format("  hold    {}: {}\n", each.reason, each.message);
  return text + "  columns\n" + describe_columns(entity);
}

}  // namespace

std::string write_text(const Plan& plan) {
  std::string text = fmt::format("plan of {}, fingerprint {}: {}, parents first\n", plan.name,
                                 plan.fingerprint, count_entities(plan));
  for (const Entity& each : plan.entities) text += "\n" + describe(plan, each);
  return text;
}

}  // namespace rehome::plan
