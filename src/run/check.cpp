#include "run/check.h"

#include <algorithm>
#include <array>

namespace rehome::run {

namespace {

constexpr std::array<Check, 6> k_checks = {checks::privileges_suffice, checks::tables_take_rows,
                                           checks::wire_types_agree,   checks::keys_are_unique,
                                           checks::joins_find_one_row, checks::maps_are_total};

}  // namespace

base::Diagnostics check(const Compiled& compiled, pg::Connection& source) {
  base::Diagnostics findings;
  const CheckContext context{compiled, source};
  for (const Check each : k_checks) {
    each(context, findings);
    // Queries of later checks would only fail for the same reason.
    if (lacks_privilege(findings)) break;
  }
  return findings;
}

bool lacks_privilege(const base::Diagnostics& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const base::Diagnostic& each) {
    return each.severity == base::Severity::error && each.code.starts_with("E41");
  });
}

}  // namespace rehome::run
