// The zone of `naive_timestamps` is first used when rows are read: an unknown one would end the
// run.
#include <fmt/format.h>

#include "base/suggestion.h"
#include "pg/error.h"
#include "run/check.h"

namespace rehome::run::checks {

namespace {

constexpr std::string_view k_invalid_parameter = "22023";

bool is_known(pg::Connection& source, const std::string& zone) {
  try {
    source.execute({"try time zone", fmt::format("SELECT timestamp '2000-01-01' AT TIME ZONE {}",
                                                 sql::quote_literal(zone))});
    return true;
  } catch (const pg::Error& error) {
    if (error.sqlstate() != k_invalid_parameter) throw;
    return false;
  }
}

std::vector<std::string> read_zones(pg::Connection& source) {
  const auto rows = source.execute(
      {"read time zones", "SELECT name FROM pg_catalog.pg_timezone_names ORDER BY 1"});
  std::vector<std::string> zones;
  for (int row = 0; row < rows.count(); ++row) zones.emplace_back(rows.text(row, 0));
  return zones;
}

}  // namespace

void time_zone_is_known(const CheckContext& context, base::Diagnostics& findings) {
  const auto& zone = context.compiled.mapping.source.naive_timestamps;
  if (!zone || is_known(context.source, zone->value)) return;
  std::string hint = base::did_you_mean(zone->value, read_zones(context.source));
  if (hint.empty()) hint = "pg_timezone_names of the source has those that it knows";
  findings.push_back(
      {"E4203", base::Severity::error, zone->position, static_cast<int>(zone->value.size()),
       fmt::format("the source knows no time zone {}", zone->value), std::move(hint)});
}

}  // namespace rehome::run::checks
