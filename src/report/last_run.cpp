#include "report/last_run.h"

namespace rehome::report {

// A role that may not see the start of the session is told that it is there: better than to call a
// run dead that lives.
std::optional<SeenRun> read_last_run(pg::Connection& target, const std::string& mapping) {
  const auto rows = target.query(
      {"read last run",
       "SELECT run_id, mapping, state, "
       "to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), "
       "coalesce(to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), ''), "
       "host, pid, exit_code, accounting::text, "
       "(SELECT count(*) FROM rehome.batch AS b WHERE b.run_id = r.run_id "
       "AND b.state IN ('waiting', 'leased')), "
       "(SELECT count(*) FROM pg_stat_activity AS a WHERE a.pid = r.backend_pid "
       "AND coalesce(a.backend_start = r.backend_start, true)) "
       "FROM rehome.run AS r WHERE mapping = $1 ORDER BY run_id DESC LIMIT 1"},
      {mapping});
  if (rows.count() == 0) return std::nullopt;
  const auto text = [&](int column) { return std::string(rows.text(0, column)); };
  SeenRun seen;
  ledger::LastRun& run = seen.run;
  run.run_id = static_cast<int>(rows.integer(0, 0));
  run.mapping = text(1);
  run.state = text(2);
  run.started_at = text(3);
  run.finished_at = text(4);
  run.host = text(5);
  run.pid = static_cast<int>(rows.integer(0, 6));
  if (!rows.is_null(0, 7)) run.exit_code = static_cast<int>(rows.integer(0, 7));
  if (!rows.is_null(0, 8)) run.account = ledger::parse_account(rows.text(0, 8));
  run.batches_open = rows.integer(0, 9);
  seen.alive = run.state == "running" && rows.integer(0, 10) > 0;
  return seen;
}

}  // namespace rehome::report
