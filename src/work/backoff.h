// Waits longer after each failure, within a budget of time.
#pragma once

#include <chrono>
#include <functional>
#include <random>

namespace rehome::work {

class Backoff {
 public:
  using Clock = std::chrono::steady_clock;

  // From 0.1 s, doubling up to 30 s, with jitter; `budget` from the first wait on.
  explicit Backoff(std::chrono::seconds budget = std::chrono::minutes(15));

  // Waits; false, at once, when the budget is spent, and soon after `stopped` says so.
  bool wait(const std::function<bool()>& stopped = {});

 private:
  std::chrono::seconds budget_;
  std::chrono::milliseconds next_{100};
  Clock::time_point end_{};
  std::minstd_rand random_;
};

}  // namespace rehome::work
