#include "report/status.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/amount.h"
#include "report/account_table.h"

namespace rehome::report {

std::string write_status(const ledger::LastRun& run, const std::vector<ledger::HeldGroup>& held) {
  std::string text = fmt::format("{}: run {} is {}, started {} UTC", run.mapping, run.run_id,
                                 run.state, run.started_at);
  if (!run.finished_at.empty()) text += fmt::format(", finished {} UTC", run.finished_at);
  text += fmt::format(", on {} (pid {})\n", run.host, run.pid);
  if (run.batches_open > 0)
    text += fmt::format("{} open: `rehome sync` continues\n",
                        base::write_amount(run.batches_open, "batch is", "batches are"));
  if (run.account) text += write_account(*run.account, held);
  return text;
}

std::string write_status_json(const ledger::LastRun& run) {
  nlohmann::ordered_json json = {{"run", run.run_id},
                                 {"closed", false},
                                 {"peak_memory_bytes", 0},
                                 {"entities", nlohmann::ordered_json::array()}};
  if (run.account) json = nlohmann::ordered_json::parse(ledger::write_json(*run.account));
  json["state"] = run.state;
  json["batches_open"] = run.batches_open;
  return json.dump(2);
}

}  // namespace rehome::report
