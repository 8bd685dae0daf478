#include "work/crew.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace rehome::work {

TEST_CASE("the first exception stops the others and comes out of join") {
  Crew crew;
  std::atomic<int> stopped{0};
  for (int number = 0; number < 3; ++number) {
    crew.add([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) std::this_thread::yield();
      ++stopped;
      throw std::runtime_error("a later one");
    });
  }
  crew.add([](const std::stop_token&) { throw std::runtime_error("the first one"); });
  CHECK_THROWS_WITH_AS(crew.join(), "the first one", std::runtime_error);
  CHECK(stopped == 3);
}

TEST_CASE("a crew without exceptions joins quietly, also when it was stopped") {
  Crew crew;
  std::atomic<int> done{0};
  crew.add([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) std::this_thread::yield();
    ++done;
  });
  crew.add([&](const std::stop_token&) { ++done; });
  crew.stop();
  crew.join();
  CHECK(done == 2);
}

TEST_CASE("no thread outlives its crew") {
  std::atomic<bool> runs{false};
  {
    Crew crew;
    crew.add([&](const std::stop_token& stop) {
      runs = true;
      while (!stop.stop_requested()) std::this_thread::yield();
      runs = false;
    });
    while (!runs) std::this_thread::yield();
  }
  CHECK_FALSE(runs);
}

}  // namespace rehome::work
