// What the two roles may do, before something fails half-way.
#include <fmt/format.h>

#include "catalog/privilege.h"
#include "run/check.h"

namespace rehome::run::checks {

using catalog::missing_privilege;

namespace {

void check_source(const CheckContext& context, base::Diagnostics& findings) {
  const catalog::Catalog& source = context.compiled.source;
  for (const sql::QualifiedName& each : context.compiled.plan.source_tables) {
    const catalog::Table* table =
        each.schema == source.schema ? source.find_table(each.name) : nullptr;
    if (table == nullptr) continue;
    if (!table->can_select)
      findings.push_back(missing_privilege("E4101", source, "SELECT", table->name.text()));
    if (table->row_security && !source.role.superuser && !source.role.bypass_row_security) {
      findings.push_back(
          {"E4102",
           base::Severity::error,
           {},
           1,
           fmt::format("row security of {} would hide rows from role {}", table->name.text(),
                       source.role.name),
           fmt::format("ALTER ROLE {} BYPASSRLS", sql::quote_identifier(source.role.name))});
    }
  }
}

void check_row_security(const sql::QualifiedName& table, const char* consequence,
                        const catalog::Catalog& target, base::Diagnostics& findings) {
  if (target.role.superuser || target.role.bypass_row_security) return;
  findings.push_back(
      {"E4104",
       base::Severity::error,
       {},
       1,
       fmt::format("{} has row security: {} role {}", table.text(), consequence, target.role.name),
       fmt::format("ALTER ROLE {} BYPASSRLS", sql::quote_identifier(target.role.name))});
}

// A key from a sequence is drawn from it; one that is mapped pushes it on, under a lock that only a
// role that may change rows of the table gets.
void check_sequences(const plan::Entity& entity, const catalog::Catalog& target,
                     base::Diagnostics& findings) {
  const catalog::Table& table = *target.find_table(entity.target_table.name);
  for (const plan::Column& each : entity.columns) {
    const catalog::Column& column = *table.find_column(each.name);
    if (column.sequence.empty() || each.ref || each.uuid) continue;
    const std::string sequence = "SEQUENCE " + column.sequence;
    if (each.value.empty()) {
      if (!column.can_use_sequence)
        findings.push_back(missing_privilege("E4106", target, "USAGE", sequence));
      continue;
    }
    if (!column.can_select_sequence)
      findings.push_back(missing_privilege("E4106", target, "SELECT", sequence));
    if (!column.can_update_sequence)
      findings.push_back(missing_privilege("E4106", target, "UPDATE", sequence));
  }
}

// Rows that refer to one that is to be deleted must be seen, also those that no entity fills.
void check_removal(const plan::Entity& entity, const catalog::Catalog& target,
                   base::Diagnostics& findings) {
  if (entity.removal.policy != mapping::DeletePolicy::remove) return;
  const catalog::Table& table = *target.find_table(entity.target_table.name);
  if (!table.can_delete)
    findings.push_back(missing_privilege("E4103", target, "DELETE", table.name.text()));
  for (const plan::Referrer& each : entity.removal.referrers) {
    if (!each.entities.empty()) continue;  // asked for as a target table
    if (!each.can_use_schema) {
      findings.push_back(missing_privilege("E4107", target, "USAGE",
                                           "SCHEMA " + sql::quote_identifier(each.table.schema)));
    } else if (!each.can_select) {
      findings.push_back(missing_privilege("E4103", target, "SELECT", each.table.text()));
      findings.back().message +=
          fmt::format(": its rows may refer to rows of {} that are to be deleted", entity.name);
    }
    if (each.row_security)
      check_row_security(each.table, "its rows may be hidden from", target, findings);
  }
}

void check_target(const CheckContext& context, base::Diagnostics& findings) {
  const catalog::Catalog& target = context.compiled.target;
  for (const plan::Entity& each : context.compiled.plan.entities) {
    const catalog::Table& table = *target.find_table(each.target_table.name);
    if (!table.can_select)
      findings.push_back(missing_privilege("E4103", target, "SELECT", table.name.text()));
    if (!table.can_insert)
      findings.push_back(missing_privilege("E4103", target, "INSERT", table.name.text()));
    // Also asked for rows that are only locked.
    if (!table.can_update)
      findings.push_back(missing_privilege("E4103", target, "UPDATE", table.name.text()));
    check_removal(each, target, findings);
    check_sequences(each, target, findings);
    if (table.row_security)
      check_row_security(table.name, "COPY into it is refused to", target, findings);
  }
  if (!target.role.can_create_temporary) {
    findings.push_back(missing_privilege("E4105", target, "TEMPORARY",
                                         "DATABASE " + sql::quote_identifier(target.database)));
  }
}

}  // namespace

void privileges_suffice(const CheckContext& context, base::Diagnostics& findings) {
  check_source(context, findings);
  check_target(context, findings);
}

}  // namespace rehome::run::checks
