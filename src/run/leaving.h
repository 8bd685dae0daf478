// Rows that leave: what happens in a run to target rows whose driving rows are gone, and to ledger
// rows whose target rows others have deleted.
//
// Threading: used by the run's main thread while no worker moves rows; the worker given is its own.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "events/events.h"
#include "pg/connection.h"
#include "plan/plan.h"
#include "run/worker.h"

namespace rehome::run {

// What `sync --max-deletes` says, instead of the mapping: a share of an entity's rows, or a number
// of rows.
struct DeleteLimit {
  std::optional<double> percent;
  std::int64_t rows = 0;  // without percent
};

struct LeavingFacts {
  const plan::Plan& plan;
  pg::Connection& control;
  Worker& worker;
  events::EventSink& events;
  int run_id = 0;
  std::optional<DeleteLimit> limit;
  std::function<bool()> stopped;
};

class Leaving {
 public:
  explicit Leaving(LeavingFacts facts) : facts_(std::move(facts)) {}

  // Before the entity's batches are cut: rows that others have deleted count as deleted, so that
  // what the source still has of them is inserted again. Of rows that are here, only with `lost:
  // restore`.
  void note_absent(const plan::Entity& entity);

  // Before the first row is removed: entities of which too many rows are gone are left alone.
  void apply_brakes();
  // One pass over all entities, children first. Returns how many rows were deleted or marked.
  std::int64_t remove_gone();

  // Says of each entity how many gone rows the brake has kept.
  void note_braked(ledger::Account& account) const;

 private:
  bool is_removed(const plan::Entity& entity) const;
  std::int64_t remove_gone(const plan::Entity& entity);

  LeavingFacts facts_;
  std::map<std::string, std::int64_t> braked_;
};

}  // namespace rehome::run
