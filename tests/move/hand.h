// Moves all rows of an entity with one Mover, as a worker does.
#pragma once

#include <future>
#include <memory>

#include "ledger/batch.h"
#include "move/mover.h"
#include "pg/session.h"
#include "run/lab.h"

namespace rehome::move {

class Hand {
 public:
  explicit Hand(const tests::Lab& lab)
      : lab_(lab),
        source_(lab.connect_source()),
        lookup_(lab.connect_source()),
        target_(lab.connect_target()),
        control_(lab.connect_target()),
        run_id_(lab.open_run(*control_)) {}

  // As one batch of new rows. Parents must have been moved before.
  void move_all(const std::string& name) {
    const plan::Entity& entity = lab_.entity(name);
    const auto read_parents = [&] { return read_ref_maps(*control_, lab_.plan(), entity); };
    const auto parents = std::async(std::launch::deferred, read_parents).share();
    LoserSearch losers(entity);
    Breaker breaker(name);
    const MoverFacts facts{lab_.plan(),         entity, parents, losers, {}, run_id_, breaker, {},
                           [] { return false; }};
    ledger::add_batches(*control_, run_id_, entity, {plan::KeySet{}});
    Mover mover({*source_, *lookup_, *target_}, facts);
    ledger::Difference difference;
    difference.whole = true;
    mover.move(*ledger::lease(*target_, run_id_, entity, 1), difference, std::nullopt);
  }

  pg::Connection& control() { return *control_; }
  int run_id() const { return run_id_; }

 private:
  const tests::Lab& lab_;
  std::unique_ptr<pg::Connection> source_;
  std::unique_ptr<pg::Connection> lookup_;
  std::unique_ptr<pg::Connection> target_;
  std::unique_ptr<pg::Connection> control_;
  int run_id_;
};

}  // namespace rehome::move
