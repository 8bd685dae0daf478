// A value the map does not name would hold its row. It is decided before, not found out by the
// hundredth batch.
#include <fmt/format.h>

#include <algorithm>

#include "base/amount.h"
#include "run/check.h"

namespace rehome::run::checks {

namespace {

constexpr int k_values_max = 200;  // a map over more distinct values is no map
constexpr std::size_t k_values_shown = 10;

struct Undecided {
  std::string value;
  std::int64_t rows = 0;
};

std::vector<Undecided> find_undecided(pg::Connection& source, const plan::Entity& entity,
                                      const mapping::Construct::ValueMap& map) {
  std::string excluded;
  for (const auto& each : entity.exclusions) excluded += " AND NOT (" + each.when.text() + ")";
  const auto rows = source.execute(
      {"read mapped values",
       fmt::format("SELECT {}::text, count(*) FROM {} WHERE true{} GROUP BY 1 ORDER BY 1 LIMIT {}",
                   map.of->fragment().text(), entity.from.text(), excluded, k_values_max)});
  std::vector<Undecided> undecided;
  for (int row = 0; row < rows.count(); ++row) {
    const auto value = rows.optional_text(row, 0);
    const bool decided = std::any_of(map.values.begin(), map.values.end(),
                                     [&](const auto& each) { return each.first == value; });
    if (!decided) undecided.push_back({value.value_or("~"), rows.integer(row, 1)});
  }
  return undecided;
}

std::string list(const std::vector<Undecided>& undecided) {
  std::string text;
  for (std::size_t index = 0; index < undecided.size() && index < k_values_shown; ++index) {
    const Undecided& each = undecided[index];
    text += fmt::format("{}{} ({})", index == 0 ? "" : ", ", each.value,
                        base::write_amount(each.rows, "row", "rows"));
  }
  if (undecided.size() > k_values_shown)
    text += fmt::format(" and {} more", undecided.size() - k_values_shown);
  return text;
}

}  // namespace

void maps_are_total(const CheckContext& context, base::Diagnostics& findings) {
  for (const mapping::Entity& mapped : context.compiled.mapping.entities) {
    const plan::Entity* entity = context.compiled.plan.find_entity(mapped.name.value);
    for (const mapping::Column& column : mapped.columns) {
      const auto map = column.construct->value_map();
      if (!map || map->has_else) continue;
      const auto undecided = find_undecided(context.source, *entity, *map);
      if (undecided.empty()) continue;
      findings.push_back(
          {"E3101", base::Severity::error, map->position, 1,
           fmt::format("the map of {}.{} leaves undecided: {}", mapped.name.value,
                       column.name.value, list(undecided)),
           fmt::format(
               "add `{}: …` to values:, or say what becomes of the rest: `else: quarantine`",
               undecided.front().value)});
    }
  }
}

}  // namespace rehome::run::checks
