// One worker of a run: its three connections, and the loop that leases and moves batches.
//
// Threading: used by one thread at a time.
#pragma once

#include <memory>
#include <string>

#include "events/events.h"
#include "move/mover.h"
#include "pg/connection.h"
#include "run/account.h"

namespace rehome::run {

struct WorkerPlace {
  std::string source_url;
  std::string target_url;
  std::string application;
  std::string snapshot;
  std::string host;
  int pid = 0;
  int run_id = 0;
};

class Worker {
 public:
  Worker(const WorkerPlace& place, const plan::Plan& plan);

  // Leases batches of the entity until none waits or `facts.stopped` says so. `first_load`: the
  // ledger has no row of it yet, so that the source may be read ahead. `others`: how many workers
  // lease beside this one.
  void work(const move::MoverFacts& facts, bool first_load, int others);

  // For reads, when there is no work left.
  BothSides sides() { return {*source_, *target_}; }

 private:
  ledger::Difference compare(const ledger::Batch& batch, const plan::Entity& entity,
                             bool first_load);

  int run_id_;
  std::unique_ptr<pg::Connection> source_;
  std::unique_ptr<pg::Connection> lookup_;
  std::unique_ptr<pg::Connection> target_;
  std::int64_t worker_id_ = 0;
};

}  // namespace rehome::run
