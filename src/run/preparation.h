// What a run asks the source before an entity's batches can move: how its keys are cut, and which
// rows lose a unique value. Asked ahead, while the entities before it move.
//
// Threading: the connection is the Preparation's from its making until the last entity was taken,
// or the Preparation goes.
#pragma once

#include "detect/cut.h"
#include "pg/connection.h"
#include "plan/plan.h"
#include "run/losing.h"
#include "work/producer.h"

namespace rehome::run {

class Preparation {
 public:
  // `source`: inside the run's snapshot. Losers of first loads are certainly wanted.
  Preparation(pg::Connection& source, const plan::Plan& plan, int workers, Losing& losing);
  ~Preparation();

  // Of the next entity of the plan. Waits for it, and throws what the source says against it.
  detect::Cut take();

 private:
  pg::Canceller canceller_;
  std::size_t left_;
  work::Producer<detect::Cut> prepared_;
};

}  // namespace rehome::run
