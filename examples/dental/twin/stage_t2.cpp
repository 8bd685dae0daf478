#include <fmt/format.h>

#include <array>
#include <chrono>
#include <thread>
#include <utility>

#include "drift_steps.h"

namespace dental {
namespace {

constexpr std::string_view k_log = R"(CREATE SCHEMA IF NOT EXISTS drift;
CREATE TABLE IF NOT EXISTS drift.step (
  number integer PRIMARY KEY,
  what text NOT NULL,
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  ended_at timestamptz
);
CREATE TABLE IF NOT EXISTS drift.log (
  step integer NOT NULL REFERENCES drift.step,
  number bigint GENERATED ALWAYS AS IDENTITY,
  table_name text NOT NULL,
  id integer NOT NULL,
  change text NOT NULL,
  column_name text NOT NULL
);
CREATE TABLE IF NOT EXISTS drift.kept (name text PRIMARY KEY, value text NOT NULL);
)";

}  // namespace

std::vector<Step> Drift::list() {
  struct Part {
    std::string_view what;
    void (Drift::*write)(Transaction&);
    bool late = false;
  };
  // Pairs to swap come before the many updates: a small twin has few offices.
  constexpr std::array<Part, 13> parts = {{
      {"swap all values of two rows", &Drift::swap_all},
      {"change rows of tables without updated_at", &Drift::update_undated},
      {"change rows of tables with updated_at", &Drift::update_dated},
      {"write JSON", &Drift::rewrite_json},
      {"add persons with their first order", &Drift::insert_people},
      {"move and swap user names and e-mails", &Drift::move_usernames},
      {"move, swap and re-use uids", &Drift::move_uids},
      {"change parents", &Drift::re_parent},
      {"write the same JSON in other characters", &Drift::rewrite_json_again},
      {"delete and undelete, enter and leave exclude", &Drift::cross_exclude},
      {"change what will be restored", &Drift::change_and_restore},
      {"delete rows", &Drift::remove_rows},
      {"commit low ids late", &Drift::commit_late, true},
  }};
  std::vector<Step> steps;
  const auto add = [&](std::string_view what, const auto& write, bool late = false) {
    const int number = static_cast<int>(steps.size()) + 1;
    Transaction step(number);
    write(step);
    steps.push_back({number, what, step.changes(what), step.end(), late});
  };
  add("add orders, messages and files", [&](Transaction& step) { insert_work(step, 1); });
  for (const Part& part : parts) {
    add(
        part.what, [&](Transaction& step) { (this->*part.write)(step); }, part.late);
  }
  add("add more orders, messages and files", [&](Transaction& step) { insert_work(step, 0); });
  add("restore, repair, and make no doctor of one",
      [&](Transaction& step) { restore_and_repair(step); });
  return steps;
}

std::vector<Step> list_steps(const World& world) { return Drift(world).list(); }

std::string make_script(const World& world) {
  std::string script = fmt::format(
      "-- What happens to the source of the twin after t1 (seed {}, scale {}). Play it with psql "
      "-f.\n"
      "-- Each step is a transaction; drift.step and drift.log say what it changed, and come and "
      "go "
      "with it.\n\\set ON_ERROR_STOP on\nSET client_min_messages = warning;\nSET TimeZone = "
      "'UTC';\n"
      "SET DateStyle = 'ISO, MDY';\n{}",
      world.seed, world.scale, k_log);
  for (const Step& step : list_steps(world)) {
    script += fmt::format("\n-- Step {}: {}\n{}{}", step.number, step.what, step.changes, step.end);
  }
  return script;
}

void play_steps(const World& world, const std::string& url, int first, int last, int pause_ms) {
  Server server(url);
  if (server.read_value("SELECT 1 FROM auth_user LIMIT 1").empty()) {
    throw Failure("there is no twin; fill it with --stage t1 first");
  }
  server.execute(std::string(k_log));
  Server second(url);
  std::string late_end;
  bool begun = false;
  for (const Step& step : list_steps(world)) {
    if (step.number < first || step.number > last) {
      continue;
    }
    if (begun) {
      std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
    }
    begun = true;
    if (step.late) {
      second.execute(step.changes);
      late_end = step.end;
      continue;
    }
    server.execute(step.changes + step.end);
    if (!late_end.empty()) {
      second.execute(std::exchange(late_end, {}));
    }
  }
  if (!late_end.empty()) {
    second.execute(late_end);
  }
}

}  // namespace dental
