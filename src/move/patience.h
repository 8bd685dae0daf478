// What the live application locks, it lets go again: waiting for it, within a budget of time.
#pragma once

#include <functional>

#include "pg/connection.h"
#include "work/backoff.h"

namespace rehome::move {

class Patience {
 public:
  Patience(pg::Connection& target, std::function<bool()> stopped)
      : target_(target), stopped_(std::move(stopped)) {}

  // Waits when the error is one that passes, a lock or a deadlock, and the session still stands.
  // False: it does not pass, or the budget is spent. True also when `stopped` ended the waiting.
  bool waits_for(const pg::Error& error) {
    const bool passes = error.side() == pg::Side::target &&
                        pg::classify(error).action == pg::Action::retry && target_.is_alive();
    return passes && (backoff_.wait(stopped_) || stopped_());
  }

 private:
  pg::Connection& target_;
  std::function<bool()> stopped_;
  work::Backoff backoff_;
};

}  // namespace rehome::move
