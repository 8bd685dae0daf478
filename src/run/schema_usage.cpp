#include "run/schema_usage.h"

#include <set>

#include "catalog/privilege.h"
#include "sql/identifier.h"

namespace rehome::run {

namespace {

void add(base::Diagnostics& findings, const catalog::Catalog& catalog, const std::string& schema) {
  const std::string object = "SCHEMA " + sql::quote_identifier(schema);
  findings.push_back(catalog::missing_privilege("E4107", catalog, "USAGE", object));
  findings.back().message += " of database " + catalog.database;
}

void collect(const mapping::Expression& expression, std::set<std::string>& schemas) {
  for (const sql::TableReference& each : expression.parsed.tables) schemas.insert(each.schema);
}

// Of subqueries; driving and joined tables are in the source's own schema.
std::set<std::string> named_schemas(const mapping::Mapping& mapping) {
  std::set<std::string> schemas;
  for (const mapping::Entity& entity : mapping.entities) {
    for (const auto& each : entity.joins) collect(each.on, schemas);
    for (const auto& each : entity.key) collect(each.source, schemas);
    for (const auto& each : entity.exclude) collect(each.when, schemas);
    for (const auto& each : entity.refuse) collect(each.when, schemas);
    if (const auto* changed = mapping.find_changed_at(entity)) collect(changed->source, schemas);
    for (const auto& column : entity.columns) {
      for (const mapping::Expression* each : column.construct->expressions())
        collect(*each, schemas);
    }
  }
  return schemas;
}

bool is_usable(pg::Connection& connection, const std::string& schema) {
  return connection
      .query({"read right to use a schema",
              "SELECT coalesce(bool_and(pg_catalog.has_schema_privilege(n.oid, 'USAGE')), true) "
              "FROM pg_catalog.pg_namespace n WHERE n.nspname = $1"},
             {schema})
      .boolean(0, 0);
}

}  // namespace

base::Diagnostics read_unusable_schemas(const mapping::Mapping& mapping,
                                        const catalog::Catalog& source,
                                        const catalog::Catalog& target,
                                        pg::Connection& source_connection) {
  base::Diagnostics findings;
  if (source.schema_exists && !source.schema_usable) add(findings, source, source.schema);
  for (const std::string& each : named_schemas(mapping)) {
    if (each.empty() || each == source.schema || is_usable(source_connection, each)) continue;
    add(findings, source, each);
  }
  if (target.schema_exists && !target.schema_usable) add(findings, target, target.schema);
  return findings;
}

}  // namespace rehome::run
