// One worker of a run: its three connections, and the loop that leases and moves batches.
//
// Threading: used by one thread at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "detect/compare.h"
#include "events/events.h"
#include "move/adoption.h"
#include "move/mover.h"
#include "pg/connection.h"
#include "run/account.h"

namespace rehome::run {

struct WorkerPlace {
  std::string source_url;
  std::string application;
  std::string snapshot;
  std::string host;
  int pid = 0;
  int run_id = 0;
};

// The entities of a knot, whose rows are to be moved together.
struct KnotOrder {
  const plan::Plan& plan;
  std::span<const plan::Entity> entities;
  move::LoserSearches& losers;
  base::Uuid name_space;
  move::Adoptions& adoptions;
  std::function<bool()> stopped;
};

struct MovedKnot {
  std::int64_t rows = 0;
  bool left = false;  // some that are in the target, to the batches of their entities
};

class Worker {
 public:
  // `target`: a session of its own, but in a rehearsal, which has only one.
  Worker(const WorkerPlace& place, const plan::Plan& plan, std::shared_ptr<pg::Connection> target);

  // Leases batches of the entity until none waits or `facts.stopped` says so. `first_load`: the
  // ledger has no row of it yet, so that the source may be read ahead. `others`: how many workers
  // lease beside this one. `latest_change`: the last one of the source that was seen, if batches
  // without a later one need not be read.
  void work(const move::MoverFacts& facts, bool first_load, int others,
            const std::optional<std::string>& latest_change);

  // The same for batches that need the target alone, one after the other.
  void work_alone(const plan::Entity& entity, const std::function<bool()>& stopped,
                  const std::function<void(pg::Connection& target, const ledger::Batch&)>& work);

  // For reads, when there is no work left.
  BothSides sides() { return {*source_, *target_}; }

  // knot.cpp: moves the rows of a knot that are not here and can go, before the batches of its
  // entities; or, afterwards, only those that wait for a parent.
  MovedKnot move_knot(const KnotOrder& order);
  MovedKnot move_waiting(const KnotOrder& order);

 private:
  using ReadKeys = std::function<std::vector<plan::KeyText>(const plan::Entity&)>;
  MovedKnot move_knot(const KnotOrder& order, move::CountedAs counted, const ReadKeys& read_keys);
  std::vector<plan::KeyText> read_absent(const plan::Entity& entity);
  bool leave_found(move::Adoption& adoption, const plan::Entity& entity,
                   std::vector<plan::KeyText>& keys);

  ledger::Difference compare(const ledger::Batch& batch, const plan::Entity& entity,
                             bool first_load, const detect::Expectation& expected);

  int run_id_;
  std::unique_ptr<pg::Connection> source_;
  std::unique_ptr<pg::Connection> lookup_;
  std::shared_ptr<pg::Connection> target_;
  std::int64_t worker_id_ = 0;
};

}  // namespace rehome::run
