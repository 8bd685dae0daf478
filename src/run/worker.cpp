#include "run/worker.h"

#include "detect/compare.h"
#include "ledger/run.h"
#include "pg/session.h"
#include "work/backoff.h"
#include "work/failpoint.h"

namespace rehome::run {

namespace {

std::unique_ptr<pg::Connection> connect_source(const WorkerPlace& place, const plan::Plan& plan) {
  auto connection = std::make_unique<pg::Connection>(pg::Side::source, place.source_url, place.application);
  pg::prepare_source_session(*connection, plan.source_schema);
  pg::begin_source(*connection, place.snapshot);
  return connection;
}

}  // namespace

Worker::Worker(const WorkerPlace& place, const plan::Plan& plan)
    : run_id_(place.run_id),
      source_(connect_source(place, plan)),
      lookup_(connect_source(place, plan)),
      target_(std::make_unique<pg::Connection>(pg::Side::target, place.target_url, place.application)),
      worker_id_(ledger::add_worker(*target_, place.run_id, place.host, place.pid)) {}

void Worker::work(const move::MoverFacts& facts, const std::function<bool()>& stopped) {
  move::Mover mover({*source_, *lookup_, *target_}, facts);
  while (!stopped()) {
    const auto batch = ledger::lease(*target_, run_id_, facts.entity, worker_id_);
    if (!batch) return;
    work::failpoint("batch_leased");
    move_batch(mover, *batch, facts);
  }
}

// Locks and deadlocks with the live application pass; everything else is the run's business.
void Worker::move_batch(move::Mover& mover, const ledger::Batch& batch, const move::MoverFacts& facts) {
  work::Backoff backoff;
  while (true) {
    try {
      mover.move(batch, detect::compare(*source_, *target_, facts.entity, batch.keys));
      return;
    } catch (const pg::CommitUnknown&) {
      throw;
    } catch (const pg::Error& error) {
      const bool retry = pg::classify(error).action == pg::Action::retry && error.side() == pg::Side::target && target_->is_alive();
      if (!retry || !backoff.wait()) throw;
      target_->rollback();
    }
  }
}

}  // namespace rehome::run
