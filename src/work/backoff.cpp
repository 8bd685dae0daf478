#include "work/backoff.h"

#include <algorithm>
#include <thread>

namespace rehome::work {

namespace {

constexpr std::chrono::milliseconds k_wait_max = std::chrono::seconds(30);
constexpr std::chrono::milliseconds k_slice{50};

}  // namespace

Backoff::Backoff(std::chrono::seconds budget) : budget_(budget), random_(std::random_device{}()) {}

bool Backoff::wait(const std::function<bool()>& stopped) {
  const auto now = Clock::now();
  if (end_ == Clock::time_point{}) end_ = now + budget_;
  if (now >= end_) return false;
  std::uniform_int_distribution<std::int64_t> jitter(next_.count() / 2, next_.count());
  const auto until = now + std::chrono::milliseconds(jitter(random_));
  while (Clock::now() < until) {
    if (stopped && stopped()) return false;
    std::this_thread::sleep_for(std::min<Clock::duration>(until - Clock::now(), k_slice));
  }
  next_ = std::min(next_ * 2, k_wait_max);
  return true;
}

}  // namespace rehome::work
