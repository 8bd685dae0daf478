#include "work/backoff.h"

#include <doctest/doctest.h>

namespace rehome::work {

namespace {

std::chrono::milliseconds time_of(const std::function<void()>& function) {
  const auto begin = Backoff::Clock::now();
  function();
  return std::chrono::duration_cast<std::chrono::milliseconds>(Backoff::Clock::now() - begin);
}

}  // namespace

TEST_CASE("waits double, and end with the budget") {
  Backoff backoff(std::chrono::seconds(1));
  int waits = 0;
  const auto took = time_of([&] {
    while (backoff.wait()) ++waits;
  });
  // 0.05–0.1, 0.1–0.2, 0.2–0.4, 0.4–0.8 … seconds
  CHECK(waits >= 3);
  CHECK(waits <= 6);
  CHECK(took >= std::chrono::milliseconds(900));
}

TEST_CASE("without a budget there is no wait") {
  Backoff backoff(std::chrono::seconds(0));
  CHECK(time_of([&] { CHECK_FALSE(backoff.wait()); }) < std::chrono::milliseconds(50));
}

TEST_CASE("who is told to stop does not wait on") {
  Backoff backoff;
  for (int wait = 0; wait < 3; ++wait) CHECK(backoff.wait());
  int asked = 0;
  // The fourth wait takes at least 0.4 s.
  const auto took = time_of([&] { CHECK_FALSE(backoff.wait([&] { return ++asked == 3; })); });
  CHECK(took < std::chrono::milliseconds(300));
}

}  // namespace rehome::work
