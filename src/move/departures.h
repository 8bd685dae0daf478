// Rows that a ref would still find in the ledger although the source has them no longer: rows of
// the entity itself, or of one in a cycle with it, whose own batches come later.
//
// Threading: any.
#pragma once

#include <future>
#include <mutex>

#include "move/ref_map.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::move {

class Departures {
 public:
  // `parents`: of the entity, as they are in the ledger. Nobody may look up in them before
  // `forget`.
  Departures(const plan::Plan& plan, const plan::Entity& entity,
             std::shared_future<RefMaps> parents);

  // Makes the maps forget them. The first who calls asks the source, inside the run's snapshot;
  // others wait for it.
  void forget(pg::Connection& source);

 private:
  const plan::Plan& plan_;
  const plan::Entity& entity_;
  std::shared_future<RefMaps> parents_;
  std::once_flag asked_;
};

}  // namespace rehome::move
