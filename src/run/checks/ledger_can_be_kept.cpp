// Schema rehome is made by the first run and used by the others, which also make tables and indexes
// in it.
#include <fmt/format.h>

#include "run/check.h"

namespace rehome::run::checks {

namespace {

struct LedgerRights {
  bool installed = false;
  bool usable = true;  // USAGE and CREATE on the schema, if it is there
  std::string owner;   // of tables in it, a role whose rights ours does not have
};

LedgerRights read_rights(pg::Connection& target) {
  const auto rows = target.execute(
      {"read rights on schema rehome",
       "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND "
       "c.relname = 'setting'), coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND "
       "pg_catalog.has_schema_privilege(n.oid, 'CREATE'), true), coalesce((SELECT "
       "min(pg_catalog.pg_get_userbyid(c.relowner)::text) FROM pg_catalog.pg_class c WHERE "
       "c.relnamespace = n.oid AND c.relkind = 'r' AND NOT pg_catalog.pg_has_role(c.relowner, "
       "'USAGE')), '') FROM (SELECT 'rehome'::name AS nspname) AS wanted LEFT JOIN "
       "pg_catalog.pg_namespace n USING (nspname)"});
  return {rows.boolean(0, 0), rows.boolean(0, 1), std::string(rows.text(0, 2))};
}

void add(base::Diagnostics& findings, const char* code, std::string message, std::string hint) {
  findings.push_back({code, base::Severity::error, {}, 1, std::move(message), std::move(hint)});
}

}  // namespace

void ledger_can_be_kept(const CheckContext& context, base::Diagnostics& findings) {
  const catalog::Catalog& target = context.compiled.target;
  const std::string role = sql::quote_identifier(target.role.name);
  const LedgerRights rights = read_rights(context.target);
  if (!rights.installed && !target.role.can_create_schema) {
    const std::string database = "DATABASE " + sql::quote_identifier(target.database);
    add(findings, "E4108",
        fmt::format("role {} lacks CREATE on {}: schema rehome, where the ledger is kept, is not "
                    "there yet",
                    target.role.name, database),
        fmt::format("GRANT CREATE ON {} TO {}", database, role));
  }
  if (!rights.owner.empty()) {
    add(findings, "E4109",
        fmt::format("the ledger in schema rehome belongs to role {}: role {} may not write it",
                    rights.owner, target.role.name),
        fmt::format("GRANT {} TO {}", sql::quote_identifier(rights.owner), role));
  } else if (!rights.usable) {
    add(findings, "E4109",
        fmt::format("role {} lacks USAGE or CREATE on SCHEMA rehome", target.role.name),
        fmt::format("GRANT USAGE, CREATE ON SCHEMA rehome TO {}", role));
  }
}

}  // namespace rehome::run::checks
