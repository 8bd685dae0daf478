// Schema rehome is made by the first run and used by the others, which also make tables and indexes
// in it.
#include <fmt/format.h>

#include "catalog/privilege.h"
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

}  // namespace

void ledger_can_be_kept(const CheckContext& context, base::Diagnostics& findings) {
  const catalog::Catalog& target = context.compiled.target;
  const LedgerRights rights = read_rights(context.target);
  if (!rights.installed && !target.role.can_create_schema) {
    const std::string database = "DATABASE " + sql::quote_identifier(target.database);
    findings.push_back(catalog::missing_privilege("E4108", target, "CREATE", database));
    findings.back().message += ": schema rehome, where the ledger is kept, is not there yet";
  }
  if (!rights.owner.empty()) {
    findings.push_back(
        {"E4109",
         base::Severity::error,
         {},
         1,
         fmt::format("the ledger in schema rehome belongs to role {}: role {} may not write it",
                     rights.owner, target.role.name),
         fmt::format("GRANT {} TO {}", sql::quote_identifier(rights.owner),
                     sql::quote_identifier(target.role.name))});
  } else if (!rights.usable) {
    findings.push_back(
        catalog::missing_privilege("E4109", target, "USAGE, CREATE", "SCHEMA rehome"));
  }
}

}  // namespace rehome::run::checks
