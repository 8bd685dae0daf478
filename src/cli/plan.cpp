#include <fmt/core.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/amount.h"
#include "cli/move.h"
#include "cli/options.h"
#include "cli/workplace.h"
#include "plan/write.h"
#include "plan/write_text.h"
#include "report/account_table.h"
#include "run/exit_code.h"

namespace rehome::cli {

namespace {

using Seconds = std::chrono::duration<double>;

std::string write_forecast(const ledger::Account& account, Seconds took) {
  const std::int64_t rows = account.rows_written();
  if (rows == 0) return "\na run would write nothing\n";
  return fmt::format("\na run would write {}, {}, and take no longer than this look at it: {}\n",
                     base::write_amount(rows, "row", "rows"), base::write_bytes(account.bytes()),
                     base::write_seconds(std::llround(took.count())));
}

std::string write_forecast_json(const plan::Plan& plan, const ledger::Account& account,
                                Seconds took) {
  auto json = nlohmann::ordered_json::parse(plan::write_json(plan));
  auto& forecast = json["forecast"] = nlohmann::ordered_json::parse(ledger::write_json(account));
  forecast["rows_written"] = account.rows_written();
  forecast["bytes"] = account.bytes();
  forecast["seconds_at_most"] = took.count();
  return json.dump(2) + "\n";
}

}  // namespace

run::ExitCode plan(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_workplace(options, exit_code);
  if (!place) return exit_code;
  const plan::Plan& plan = place->compiled.plan;
  if (options.sql) {
    fmt::print("{}", plan::write_sql(plan));
    return exit_code;
  }
  if (!options.json) fmt::print("{}\n", plan::write_text(plan));
  const auto begun = std::chrono::steady_clock::now();
  Options look = options;
  look.dry_run = true;
  const auto forecast = move_or_rehearse(*place, look, exit_code);
  if (!forecast) return exit_code;
  const Seconds took = std::chrono::steady_clock::now() - begun;
  const ledger::Account& account = forecast->account;
  if (options.json) {
    fmt::print("{}", write_forecast_json(plan, account, took));
  } else {
    fmt::print("{}{}", report::write_account(account, forecast->held, write_flags(options)),
               write_forecast(account, took));
  }
  if (!account.closed()) return run::ExitCode::error;
  const bool differs = options.exit_code && account.rows_written() > 0;
  return differs ? run::ExitCode::differences : run::ExitCode::done;
}

}  // namespace rehome::cli
