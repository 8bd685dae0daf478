// What the removal of rows that are gone asks and tells the target. Rows that are to leave stand in
// a temporary table, one for each entity: their keys, and why they stay after all.
#include <fmt/format.h>

#include <algorithm>

#include "plan/statements.h"

namespace rehome::plan {

namespace {

std::string leaving_name(const Entity& entity) {
  return sql::quote_identifier("leaving_" + entity.name);
}

// The rows of `other`, under alias `r`, that leave in the same transaction.
std::string leaves_too(const Entity& other) {
  return fmt::format("EXISTS (SELECT FROM {} AS h WHERE h.refusal IS NULL AND {})",
                     leaving_table(other), same_leaving_row(other, "r", "h"));
}

// `r` refers to `t`, and stays.
std::string refers_and_stays(const Referrer& referrer, const std::vector<const Entity*>& together) {
  std::vector<std::string> terms = {refers(referrer, "r", "t")};
  for (const Entity* each : together) {
    if (each->target_table == referrer.table) terms.push_back("NOT " + leaves_too(*each));
  }
  return sql::join(terms, " AND ");
}

std::string settings_text(const std::vector<Setting>& settings) {
  std::vector<std::string> values;
  for (const Setting& each : settings)
    values.push_back(fmt::format("{} = {}", sql::quote_identifier(each.column), each.value));
  return sql::join(values, ", ");
}

// The key of a referring row as a JSON object of texts.
std::string referrer_key(const Referrer& referrer) {
  std::vector<std::string> pairs;
  for (const std::string& each : referrer.key) {
    pairs.push_back(
        fmt::format("{}, {}::text", sql::quote_literal(each), sql::qualified_column("r", each)));
  }
  return "jsonb_build_object(" + sql::join(pairs, ", ") + ")::text";
}

}  // namespace

std::string leaving_table(const Entity& entity) { return "pg_temp." + leaving_name(entity); }

std::string refers(const Referrer& referrer, std::string_view child, std::string_view parent) {
  std::vector<std::string> terms;
  for (std::size_t part = 0; part < referrer.columns.size(); ++part) {
    terms.push_back(fmt::format("{} = {}", sql::qualified_column(child, referrer.columns[part]),
                                sql::qualified_column(parent, referrer.referenced_columns[part])));
  }
  return sql::join(terms, " AND ");
}

std::string same_leaving_row(const Entity& entity, std::string_view row, std::string_view leaving) {
  std::vector<std::string> terms;
  for (const TargetKeyColumn& each : entity.target_key) {
    terms.push_back(fmt::format("{} = {}", sql::qualified_column(row, each.name),
                                sql::qualified_column(leaving, "target_" + each.name)));
  }
  return sql::join(terms, " AND ");
}

std::string create_leaving_statement(const Entity& entity) {
  std::string columns;
  for (const KeyColumn& each : entity.key) {
    columns += fmt::format("\n  {} {}{},", sql::quote_identifier("legacy_" + each.name),
                           each.type_text, each.order_suffix);
  }
  for (const TargetKeyColumn& each : entity.target_key) {
    columns +=
        fmt::format("\n  {} {},", sql::quote_identifier("target_" + each.name), each.type_text);
  }
  return fmt::format(
      "{}CREATE TEMPORARY TABLE {} ({}\n  refusal integer\n) ON COMMIT DROP",
      entity.is_rehearsed() ? fmt::format("DROP TABLE IF EXISTS {};\n", leaving_table(entity)) : "",
      leaving_name(entity), columns);
}

std::string lock_leaving_statement(const Entity& entity) {
  std::vector<std::string> keys;
  for (const TargetKeyColumn& each : entity.target_key)
    keys.push_back(sql::qualified_column("t", each.name));
  const bool removes = entity.removal.policy == mapping::DeletePolicy::remove;
  const std::string_view lock = removes ? "\nFOR UPDATE OF t" : "\nFOR NO KEY UPDATE OF t";
  return fmt::format("SELECT FROM {} AS g JOIN {} AS t ON {}\nORDER BY {}{}", leaving_table(entity),
                     entity.target_table.text(), same_leaving_row(entity, "t", "g"),
                     sql::join(keys, ", "), entity.is_rehearsed() ? "" : lock);
}

std::string referred_statement(const Entity& entity, std::size_t referrer,
                               const std::vector<const Entity*>& together) {
  const Referrer& each = entity.removal.referrers[referrer];
  return fmt::format(
      "UPDATE {} AS g SET refusal = {}\nFROM {} AS t\nWHERE g.refusal IS NULL AND {}\n  AND EXISTS "
      "(SELECT FROM {} AS r WHERE {})",
      leaving_table(entity), referrer, entity.target_table.text(),
      same_leaving_row(entity, "t", "g"), each.table.text(), refers_and_stays(each, together));
}

std::string name_referrers_statement(const Entity& entity, std::size_t referrer,
                                     const std::vector<const Entity*>& together) {
  const Referrer& each = entity.removal.referrers[referrer];
  std::vector<std::string> keys;
  for (const KeyColumn& key : entity.key)
    keys.push_back(sql::qualified_column("g", "legacy_" + key.name) + "::text");
  std::vector<std::string> order;
  for (const std::string& column : each.key) order.push_back(sql::qualified_column("r", column));
  return fmt::format(
      "SELECT {}, f.first_key, f.others\nFROM {} AS g JOIN {} AS t ON {}\nCROSS JOIN LATERAL "
      "(SELECT {} AS first_key, count(*) OVER () - 1 AS others\n  FROM {} AS r WHERE {}{} LIMIT 1) "
      "AS f\nWHERE g.refusal = {}",
      sql::join(keys, ", "), leaving_table(entity), entity.target_table.text(),
      same_leaving_row(entity, "t", "g"), referrer_key(each), each.table.text(),
      refers_and_stays(each, together), order.empty() ? "" : " ORDER BY " + sql::join(order, ", "),
      referrer);
}

// Constraints that do not wait are asked when the whole statement has ended, so that rows which
// refer to one another can go.
std::string remove_statement(const std::vector<const Entity*>& together) {
  std::vector<std::string> removals;
  std::vector<std::string> counts;
  for (const Entity* each : together) {
    const std::string name = sql::quote_identifier("removed_" + each->name);
    removals.push_back(fmt::format(
        "{} AS (\n  DELETE FROM {} AS t USING {} AS g WHERE g.refusal IS NULL AND {} RETURNING 1)",
        name, each->target_table.text(), leaving_table(*each), same_leaving_row(*each, "t", "g")));
    counts.push_back(fmt::format("(SELECT count(*) FROM {})", name));
  }
  return fmt::format("WITH {}\nSELECT {}", sql::join(removals, ",\n"), sql::join(counts, ", "));
}

std::string mark_statement(const Entity& entity) {
  return fmt::format("UPDATE {} AS t SET {}\nFROM {} AS g WHERE g.refusal IS NULL AND {}",
                     entity.target_table.text(), settings_text(entity.removal.mark),
                     leaving_table(entity), same_leaving_row(entity, "t", "g"));
}

std::string set_statement(const Entity& entity, const std::vector<Setting>& settings) {
  return fmt::format("UPDATE {} SET {} WHERE false", entity.target_table.text(),
                     settings_text(settings));
}

}  // namespace rehome::plan
