#include "ledger/account.h"

#include <fmt/format.h>

#include "ledger/schema.h"
#include "sql/identifier.h"

namespace rehome::ledger {

namespace {

std::string same_target_row(const plan::Entity& entity) {
  const auto ids = target_columns(entity, "l");
  std::vector<std::string> terms;
  for (std::size_t part = 0; part < ids.size(); ++part) {
    terms.push_back(fmt::format("{} = {}", sql::qualified_column("t", entity.target_key[part].name),
                                ids[part]));
  }
  return sql::join(terms, " AND ");
}

}  // namespace

TargetCounts read_target_counts(pg::Connection& target, const plan::Entity& entity) {
  const std::string table = table_of(entity);
  const std::string legacy =
      entity.legacy_column
          ? sql::qualified_column("t", entity.columns[*entity.legacy_column].name) + " IS NOT NULL"
          : "false";
  // One pass over both: rows of the ledger without target row, rows of the target without ledger
  // row, and those with both.
  const auto rows = target.execute(
      {"account target",
       fmt::format("SELECT count(*) FILTER (WHERE l.state = 'here'), count(*) FILTER (WHERE "
                   "l.state = 'held'), "
                   "count(*) FILTER (WHERE l.state = 'gone'), count(*) FILTER (WHERE l.state = "
                   "'gone' AND t.{3} IS NOT NULL), "
                   "count(*) FILTER (WHERE l.state = 'here' AND t.{3} IS NULL), "
                   "count(*) FILTER (WHERE l.state IS NULL AND {4}), count(*) FILTER (WHERE "
                   "l.state IS NULL AND NOT ({4})) "
                   "FROM {0} AS l FULL JOIN {1} AS t ON {2}",
                   table, entity.target_table.text(), same_target_row(entity),
                   sql::quote_identifier(entity.target_key.front().name), legacy)});
  TargetCounts counts;
  std::int64_t* const fields[] = {&counts.here, &counts.held,  &counts.gone, &counts.gone_standing,
                                  &counts.lost, &counts.extra, &counts.own};
  for (int field = 0; field < 7; ++field) *fields[field] = rows.integer(0, field);
  const auto waiting =
      target.query({"count held and open",
                    "SELECT (SELECT count(*) FROM rehome.open_ref WHERE entity = $1), "
                    "(SELECT count(*) FROM rehome.quarantine WHERE entity = $1), "
                    "(SELECT count(*) FROM " +
                        entity.target_table.text() + ")"},
                   {entity.name});
  counts.open_refs = waiting.integer(0, 0);
  counts.quarantine = waiting.integer(0, 1);
  counts.target_rows = waiting.integer(0, 2);
  return counts;
}

}  // namespace rehome::ledger
