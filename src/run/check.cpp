#include "run/check.h"

#include <algorithm>
#include <array>

namespace rehome::run {

namespace {

constexpr std::array<Check, 2> k_privilege_checks = {checks::privileges_suffice,
                                                     checks::ledger_can_be_kept};

constexpr std::array<Check, 5> k_first_checks = {checks::time_zone_is_known,
                                                 checks::tables_take_rows, checks::wire_types_agree,
                                                 checks::each_gives_rows, checks::changes_are_told};

constexpr std::array<Check, 5> k_row_checks = {checks::keys_are_unique, checks::joins_find_one_row,
                                               checks::maps_are_total, checks::gone_rows_can_leave,
                                               checks::deferred_refs_are_open};

}  // namespace

base::Diagnostics check(const Compiled& compiled, pg::Connection& source, pg::Connection& target) {
  base::Diagnostics findings;
  const CheckContext context{compiled, source, target};
  for (const Check each : k_privilege_checks) each(context, findings);
  // Queries of later checks would only fail for the same reason.
  if (lacks_privilege(findings)) return findings;
  for (const Check each : k_first_checks) each(context, findings);
  if (base::has_errors(findings)) return findings;
  for (const Check each : k_row_checks) each(context, findings);
  return findings;
}

bool lacks_privilege(const base::Diagnostics& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const base::Diagnostic& each) {
    return each.severity == base::Severity::error && each.code.starts_with("E41");
  });
}

}  // namespace rehome::run
