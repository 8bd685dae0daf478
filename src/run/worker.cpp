#include "run/worker.h"

#include "detect/compare.h"
#include "ledger/key.h"
#include "ledger/rows.h"
#include "ledger/run.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::run {

namespace {

std::unique_ptr<pg::Connection> connect_source(const WorkerPlace& place, const plan::Plan& plan) {
  auto connection =
      std::make_unique<pg::Connection>(pg::Side::source, place.source_url, place.application);
  pg::prepare_source_session(*connection, plan.source_schema);
  pg::begin_source(*connection, place.snapshot);
  pg::lock_source_tables(*connection, plan.source_table_texts());
  return connection;
}

}  // namespace

Worker::Worker(const WorkerPlace& place, const plan::Plan& plan,
               std::shared_ptr<pg::Connection> target)
    : run_id_(place.run_id),
      source_(connect_source(place, plan)),
      lookup_(connect_source(place, plan)),
      target_(std::move(target)),
      worker_id_(ledger::add_worker(*target_, place.run_id, place.host, place.pid)) {}

void Worker::work(const move::MoverFacts& facts, bool first_load, int others,
                  const std::optional<std::string>& latest_change) {
  move::Mover mover({*source_, *lookup_, *target_}, facts);
  auto batch = ledger::lease(*target_, run_id_, facts.entity, worker_id_);
  detect::Expectation expected;
  expected.latest = latest_change;
  while (batch && !facts.stopped()) {
    work::failpoint("batch_leased");
    std::optional<ledger::Batch> next;
    if (first_load) next = ledger::lease(*target_, run_id_, facts.entity, worker_id_, others);
    ledger::Difference difference = compare(*batch, facts.entity, first_load, expected);
    // Where one differs, the next one may.
    expected.differs = !difference.fresh.empty() || !difference.changed.empty();
    mover.move(*batch, std::move(difference), next);
    batch = next ? next : ledger::lease(*target_, run_id_, facts.entity, worker_id_);
  }
}

void Worker::work_alone(
    const plan::Entity& entity, const std::function<bool()>& stopped,
    const std::function<void(pg::Connection& target, const ledger::Batch&)>& work) {
  while (!stopped()) {
    const auto batch = ledger::lease(*target_, run_id_, entity, worker_id_);
    if (!batch) return;
    work(*target_, *batch);
  }
}

// Keys that are listed are taken again, because something else than they has changed: they count as
// what they are until the mover says otherwise.
ledger::Difference Worker::compare(const ledger::Batch& batch, const plan::Entity& entity,
                                   bool first_load, const detect::Expectation& expected) {
  if (batch.keys.without_key) return detect::count_keyless(*source_, entity, batch.keys);
  if (!batch.keys.listed) {
    return first_load ? detect::all_new(*lookup_, entity, batch.keys)
                      : detect::compare(*source_, *target_, entity, batch.keys, expected);
  }
  ledger::Difference difference;
  for (const auto& [key, row] : ledger::read_known(*target_, entity, batch.keys)) {
    const bool here = row.state == ledger::State::here;
    (here ? difference.changed : difference.fresh).push_back(ledger::unpack_key(entity, key));
    --(!here              ? difference.counts.held
       : row.refused_hash ? difference.counts.kept
                          : difference.counts.unchanged);
    --difference.counts.source_rows;
  }
  return difference;
}

}  // namespace rehome::run
