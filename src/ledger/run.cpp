#include "ledger/run.h"

#include <fmt/format.h>

#include <string_view>

namespace rehome::ledger {

namespace {

// That the session which stands for run r is there. A role that may not see the start of the
// session is told that it is: better than to call a run dead that lives.
constexpr std::string_view k_alive =
    "EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.pid = r.backend_pid AND "
    "coalesce(a.backend_start = r.backend_start, true))";

constexpr std::string_view k_new_run =
    "nextval(pg_get_serial_sequence('rehome.run', 'run_id'))::integer";
// A number drawn from the sequence would be gone for good.
constexpr std::string_view k_next_run = "(SELECT coalesce(max(run_id), 0) + 1 FROM rehome.run)";

void refuse_second_run(pg::Connection& target) {
  const auto alive = target.execute(
      {"find running run", fmt::format("SELECT r.run_id, r.host, r.pid FROM rehome.run AS r WHERE "
                                       "r.state = 'running' AND {} LIMIT 1",
                                       k_alive)});
  if (alive.count() == 0) return;
  throw RunInProgress(fmt::format("run {} is still going on host {}, pid {}", alive.text(0, 0),
                                  alive.text(0, 1), alive.text(0, 2)));
}

void refuse_other_source(pg::Connection& target, const RunFacts& facts) {
  const auto last = target.execute(
      {"read last source",
       "SELECT source_system, source_database FROM rehome.run WHERE source_system <> '' "
       "ORDER BY run_id DESC LIMIT 1"});
  if (last.count() == 0 || facts.source_system.empty()) return;
  if (last.text(0, 0) == facts.source_system && last.text(0, 1) == facts.source_database) return;
  throw OtherSource(fmt::format("the last run read database {} of system {}; this one is {} of {}",
                                last.text(0, 1), last.text(0, 0), facts.source_database,
                                facts.source_system));
}

}  // namespace

int open_run(pg::Connection& target, const RunFacts& facts) {
  target.begin({"begin run", "LOCK TABLE rehome.run IN SHARE ROW EXCLUSIVE MODE"}, "");
  try {
    refuse_second_run(target);
    refuse_other_source(target, facts);
    target.execute({"abandon dead runs",
                    "UPDATE rehome.run SET state = 'abandoned', finished_at = clock_timestamp() "
                    "WHERE state = 'running'"});
    const auto rows = target.query(
        {"open run", fmt::format("INSERT INTO rehome.run (run_id, mapping, fingerprint, "
                                 "program_version, host, pid, workers, source_system, "
                                 "source_database, backend_pid, backend_start) "
                                 "OVERRIDING SYSTEM VALUE SELECT {}, $1, $2, $3, $4, $5::integer, "
                                 "$6::integer, $7, $8, pid, backend_start "
                                 "FROM pg_stat_activity WHERE pid = pg_backend_pid() "
                                 "RETURNING run_id",
                                 target.is_rehearsing() ? k_next_run : k_new_run)},
        {facts.mapping, facts.fingerprint, facts.program_version, facts.host,
         std::to_string(facts.pid), std::to_string(facts.workers), facts.source_system,
         facts.source_database});
    const int run_id = static_cast<int>(rows.integer(0, 0));
    target.commit();
    return run_id;
  } catch (...) {
    target.rollback();
    throw;
  }
}

std::int64_t take_over(pg::Connection& target, int run_id) {
  return target
      .query({"take over batches",
              "UPDATE rehome.batch SET token = token + 1, state = 'void' WHERE state IN "
              "('waiting', 'leased') AND run_id < $1::integer"},
             {std::to_string(run_id)})
      .affected();
}

void note_snapshot(pg::Connection& target, int run_id, const std::string& snapshot,
                   const std::string& sees) {
  target.query({"note snapshot",
                "UPDATE rehome.run SET snapshot = $2, snapshot_sees = $3 "
                "WHERE run_id = $1::integer"},
               {std::to_string(run_id), snapshot, sees});
}

void close_run(pg::Connection& target, int run_id, const std::string& state, int exit_code,
               const std::string& accounting) {
  const std::optional<std::string> document =
      accounting.empty() ? std::nullopt : std::optional(accounting);
  target.query({"close run",
                "UPDATE rehome.run SET state = $2, exit_code = $3::integer, accounting = "
                "$4::jsonb, finished_at = clock_timestamp() "
                "WHERE run_id = $1::integer"},
               {std::to_string(run_id), state, std::to_string(exit_code), document});
}

bool follows_unfinished(pg::Connection& target, int run_id) {
  const auto rows = target.query({"read state of last run",
                                  "SELECT state <> 'done' FROM rehome.run WHERE run_id < "
                                  "$1::integer ORDER BY run_id DESC LIMIT 1"},
                                 {std::to_string(run_id)});
  return rows.count() == 1 && rows.boolean(0, 0);
}

std::optional<LastRun> read_last_run(pg::Connection& target, const std::string& mapping) {
  const auto rows = target.query(
      {"read last run",
       fmt::format(
           "SELECT run_id, mapping, state, "
           "to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), "
           "coalesce(to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), ''), "
           "host, pid, exit_code, accounting::text, "
           "(SELECT count(*) FROM rehome.batch AS b WHERE b.run_id = r.run_id "
           "AND b.state IN ('waiting', 'leased')), "
           "state = 'running' AND {} "
           "FROM rehome.run AS r WHERE mapping = $1 ORDER BY run_id DESC LIMIT 1",
           k_alive)},
      {mapping});
  if (rows.count() == 0) return std::nullopt;
  const auto text = [&](int column) { return std::string(rows.text(0, column)); };
  LastRun run;
  run.run_id = static_cast<int>(rows.integer(0, 0));
  run.mapping = text(1);
  run.state = text(2);
  run.started_at = text(3);
  run.finished_at = text(4);
  run.host = text(5);
  run.pid = static_cast<int>(rows.integer(0, 6));
  if (!rows.is_null(0, 7)) run.exit_code = static_cast<int>(rows.integer(0, 7));
  if (!rows.is_null(0, 8)) run.account = parse_account(rows.text(0, 8));
  run.batches_open = rows.integer(0, 9);
  run.alive = rows.boolean(0, 10);
  return run;
}

std::int64_t add_worker(pg::Connection& target, int run_id, const std::string& host, int pid) {
  return target
      .query({"add worker",
              "INSERT INTO rehome.worker (run_id, host, pid, backend_pid) VALUES ($1::integer, $2, "
              "$3::integer, pg_backend_pid()) "
              "RETURNING worker_id"},
             {std::to_string(run_id), host, std::to_string(pid)})
      .integer(0, 0);
}

}  // namespace rehome::ledger
