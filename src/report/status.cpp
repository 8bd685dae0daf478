#include "report/status.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/amount.h"
#include "report/account_table.h"
#include "report/printable.h"

namespace rehome::report {

namespace {

// Its row says running until the next run finds its session gone.
std::string write_state(const ledger::LastRun& run) {
  const std::string place = fmt::format("on host {}, pid {}", write_printable(run.host), run.pid);
  if (run.alive) return fmt::format("is running {}, started {} UTC", place, run.started_at);
  if (run.state == "running")
    return fmt::format("was cut off: it has not ended, and its session is gone; started {} UTC {}",
                       run.started_at, place);
  std::string text = fmt::format("is {}, started {} UTC", run.state, run.started_at);
  if (!run.finished_at.empty()) text += fmt::format(", finished {} UTC", run.finished_at);
  return text + ", " + place;
}

}  // namespace

std::string write_status(const ledger::LastRun& run, const std::vector<ledger::HeldGroup>& held,
                         const std::string& flags) {
  std::string text =
      fmt::format("{}: run {} {}\n", write_printable(run.mapping), run.run_id, write_state(run));
  if (run.batches_open > 0) {
    text += base::write_amount(run.batches_open, "batch is", "batches are") + " open";
    text += run.alive ? "\n" : fmt::format(": `rehome sync{}` continues\n", flags);
  } else if (run.state == "running" && !run.alive) {
    text += fmt::format("`rehome sync{}` continues\n", flags);
  }
  if (run.account) text += write_account(*run.account, held, flags);
  return text;
}

std::string write_status_json(const ledger::LastRun& run) {
  nlohmann::ordered_json json = {{"run", run.run_id},
                                 {"closed", false},
                                 {"peak_memory_bytes", 0},
                                 {"entities", nlohmann::ordered_json::array()}};
  if (run.account) json = nlohmann::ordered_json::parse(ledger::write_json(*run.account));
  json["state"] = run.state;
  json["alive"] = run.alive;
  json["batches_open"] = run.batches_open;
  return json.dump(2);
}

}  // namespace rehome::report
