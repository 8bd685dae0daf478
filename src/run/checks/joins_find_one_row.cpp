// A join that finds two rows would double the driving row.
#include <fmt/format.h>

#include "base/amount.h"
#include "run/check.h"

namespace rehome::run::checks {

void joins_find_one_row(const CheckContext& context, base::Diagnostics& findings) {
  for (const plan::Entity& entity : context.compiled.plan.entities) {
    if (entity.unproven_joins.empty()) continue;
    std::vector<std::string> keys;
    std::vector<std::string> present = {"true"};
    for (const auto& each : entity.key) {
      keys.push_back(each.value.text());
      if (each.nullable) present.push_back(each.value.text() + " IS NOT NULL");
    }
    const auto rows = context.source.execute(
        {"check joins",
         fmt::format(
             "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} GROUP BY {} HAVING count(*) > 1) AS "
             "doubled",
             entity.from.text(), sql::join(present, " AND "), sql::join(keys, ", "))});
    if (rows.integer(0, 0) == 0) continue;
    findings.push_back({"E3301", base::Severity::error, entity.unproven_joins.front().position, 1,
                        fmt::format("join {} finds more than one row for {} of {}",
                                    entity.unproven_joins.front().alias,
                                    base::write_amount(rows.integer(0, 0), "row", "rows"),
                                    entity.source_table.text()),
                        "say which one: pick: {order: …}, or compare a unique key"});
  }
}

}  // namespace rehome::run::checks
