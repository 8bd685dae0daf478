// Two driving rows with one legacy key could not be told apart later; rows without one are held.
#include <fmt/format.h>

#include <algorithm>

#include "base/amount.h"
#include "run/check.h"

namespace rehome::run::checks {

namespace {

// True if constraints of the source show that the key is unique and never NULL.
bool is_proven(const plan::Entity& entity, const catalog::Table& table) {
  std::vector<std::string> columns;
  for (const auto& each : entity.key) columns.push_back(each.name);
  return entity.each.empty() && !entity.may_lack_key() && table.is_unique(columns);
}

std::string key_list(const plan::Entity& entity) {
  std::vector<std::string> values;
  for (const auto& each : entity.key) values.push_back(each.value.text());
  return sql::join(values, ", ");
}

}  // namespace

void keys_are_unique(const CheckContext& context, base::Diagnostics& findings) {
  for (const plan::Entity& entity : context.compiled.plan.entities) {
    const mapping::Entity* mapped = context.compiled.mapping.find_entity(entity.name);
    const catalog::Table* table = context.compiled.source.find_table(entity.source_table.name);
    if (is_proven(entity, *table)) continue;
    const base::Position& at = mapped->key.front().source.text.position;
    const std::string table_name = entity.source_table.text();
    const auto rows = context.source.execute(
        {"check key",
         fmt::format("SELECT count(*) FILTER (WHERE num_nulls({0}) > 0), count(*) FILTER (WHERE "
                     "num_nulls({0}) = 0), "
                     "count(DISTINCT ({0})) FILTER (WHERE num_nulls({0}) = 0) FROM {1}",
                     key_list(entity), entity.driving.text())});
    if (rows.integer(0, 0) > 0) {
      findings.push_back({"E3201", base::Severity::warning, at, 1,
                          base::write_amount(rows.integer(0, 0), "row of " + table_name + " has",
                                             "rows of " + table_name + " have") +
                              " no key: it is NULL",
                          "without a key they are held; `exclude` can leave them out by name"});
    }
    if (rows.integer(0, 1) != rows.integer(0, 2)) {
      findings.push_back({"E3202", base::Severity::error, at, 1,
                          base::write_amount(rows.integer(0, 1) - rows.integer(0, 2),
                                             "row of " + table_name + " shares its",
                                             "rows of " + table_name + " share their") +
                              " key with another row",
                          "choose a key that is unique, usually the primary key"});
    }
  }
}

}  // namespace rehome::run::checks
