#include "run/snapshot.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "pg/session.h"

namespace rehome::run {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto k_watch_every = std::chrono::milliseconds(500);
constexpr auto k_yield_after = std::chrono::seconds(5);

std::unique_ptr<pg::Connection> connect(const std::string& url, const std::string& application,
                                        const std::string& schema) {
  auto connection = std::make_unique<pg::Connection>(pg::Side::source, url, application);
  pg::prepare_source_session(*connection, schema);
  return connection;
}

}  // namespace

Snapshot::Snapshot(const std::string& url, const std::string& application, const plan::Plan& plan,
                   std::function<void(const char*)> yield)
    : yield_(std::move(yield)) {
  const std::vector<std::string> tables = plan.source_table_texts();
  first_ = connect(url, application, plan.source_schema);
  second_ = connect(url, application, plan.source_schema);
  monitor_ = connect(url, application, plan.source_schema);
  pg::begin_source(*first_, "");
  pg::lock_source_tables(*first_, tables);
  const auto taken = first_->execute(
      {"export snapshot",
       "SELECT pg_catalog.pg_export_snapshot(), pg_catalog.pg_current_snapshot()::text"});
  id_ = std::string(taken.text(0, 0));
  sees_ = std::string(taken.text(0, 1));
  pg::begin_source(*second_, id_);
  pg::lock_source_tables(*second_, tables);
  crew_.add([this](const std::stop_token& stop) { watch(stop); });
}

Snapshot::~Snapshot() = default;

// Without a watcher nobody would see DDL waiting, so its end ends the run too.
void Snapshot::watch(const std::stop_token& stop) {
  try {
    watch_until_stopped(stop);
  } catch (const pg::Error&) {
    yield_("the session that watches over the snapshot is gone");
  }
}

void Snapshot::watch_until_stopped(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  Clock::time_point waiting_since{};
  while (!wake.wait_for(lock, stop, k_watch_every, [] { return false; }) &&
         !stop.stop_requested()) {
    second_->execute({"keep snapshot", "SELECT 1"});
    if (!ddl_waits()) {
      waiting_since = {};
    } else if (waiting_since == Clock::time_point{}) {
      waiting_since = Clock::now();
    } else if (Clock::now() - waiting_since >= k_yield_after) {
      return yield_("somebody's DDL on the source waits for this run");
    }
  }
}

// Somebody waits for a lock that one of rehome's sessions holds.
bool Snapshot::ddl_waits() {
  const auto rows = monitor_->execute(
      {"watch for waiting DDL",
       fmt::format("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_locks AS l WHERE NOT l.granted AND "
                   "{} = ANY (pg_catalog.pg_blocking_pids(l.pid)))",
                   second_->backend_pid())});
  return rows.boolean(0, 0);
}

}  // namespace rehome::run
