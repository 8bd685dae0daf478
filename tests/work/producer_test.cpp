#include "work/producer.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace rehome::work {

TEST_CASE("items come out in order, and then nothing") {
  Producer<int> numbers(3, [](const Producer<int>::Give& give) {
    for (int number = 0; number < 100; ++number) CHECK(give(number, 1));
  });
  for (int number = 0; number < 100; ++number) CHECK(numbers.next() == number);
  CHECK_FALSE(numbers.next().has_value());
  CHECK_FALSE(numbers.next().has_value());
}

TEST_CASE("no more is made ahead than fits, and an item larger than that still passes") {
  std::atomic<int> made{0};
  Producer<int> numbers(10, [&](const Producer<int>::Give& give) {
    for (int number = 0; number < 5; ++number) {
      ++made;
      give(number, number == 0 ? 25 : 4);
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(made == 2);  // the large one waits in the queue, the next before it
  for (int number = 0; number < 5; ++number) CHECK(numbers.next() == number);
}

TEST_CASE("what ends the function comes out after the items before it, once") {
  Producer<int> numbers(10, [](const Producer<int>::Give& give) {
    give(1, 1);
    throw std::runtime_error("no more numbers");
  });
  CHECK(numbers.next() == 1);
  CHECK_THROWS_WITH_AS(numbers.next(), "no more numbers", std::runtime_error);
  CHECK_FALSE(numbers.next().has_value());
}

TEST_CASE("a producer nobody listens to any more ends") {
  std::atomic<bool> ended{false};
  {
    Producer<int> numbers(1, [&](const Producer<int>::Give& give) {
      while (give(1, 1)) {
      }
      ended = true;
    });
    CHECK(numbers.next() == 1);
  }
  CHECK(ended);
}

}  // namespace rehome::work
