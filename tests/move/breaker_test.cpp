#include "move/breaker.h"

#include <doctest/doctest.h>

namespace rehome::move {

namespace {

void refuse(Breaker& breaker, int times, const std::string& constraint = "price_check") {
  for (int time = 0; time < times; ++time) breaker.note_refusal("23514", constraint);
}

}  // namespace

TEST_CASE("twenty refusals in a row for one cause are the mapping's fault") {
  Breaker breaker("orders");
  refuse(breaker, 19);
  CHECK_THROWS_AS(refuse(breaker, 1), BreakerOpen);
}

TEST_CASE("rows that were refused before do not stop a run") {
  Breaker breaker("orders", false);
  CHECK_NOTHROW(refuse(breaker, 5000));
}

TEST_CASE("what ends a row of refusals") {
  Breaker breaker("orders");
  SUBCASE("a row that stands") {
    refuse(breaker, 19);
    breaker.note_success(1);
    CHECK_NOTHROW(refuse(breaker, 19));
  }
  SUBCASE("rows that pass and are counted elsewhere") {
    refuse(breaker, 19);
    breaker.note_passed();
    CHECK_NOTHROW(refuse(breaker, 19));
  }
  SUBCASE("another constraint") {
    refuse(breaker, 19, "price_check");
    CHECK_NOTHROW(refuse(breaker, 19, "name_check"));
  }
  SUBCASE("not a batch in which nothing was inserted") {
    refuse(breaker, 19);
    breaker.note_success(0);
    CHECK_THROWS_AS(refuse(breaker, 1), BreakerOpen);
  }
}

TEST_CASE("five percent of the first thousand rows or more are too many") {
  Breaker breaker("orders");
  const auto refuse_scattered = [&](int times) {
    for (int time = 0; time < times; ++time) {
      refuse(breaker, 1);
      breaker.note_passed();
    }
  };
  SUBCASE("below a thousand rows nothing is said") {
    breaker.note_success(500);
    CHECK_NOTHROW(refuse_scattered(400));
  }
  SUBCASE("exactly five percent pass") {
    breaker.note_success(950);
    CHECK_NOTHROW(refuse_scattered(50));
  }
  SUBCASE("one more does not") {
    breaker.note_success(950);
    refuse_scattered(50);
    CHECK_THROWS_AS(refuse(breaker, 1), BreakerOpen);
  }
}

TEST_CASE("the message names entity, numbers and cause") {
  Breaker breaker("orders");
  breaker.note_success(7);
  std::string message;
  try {
    refuse(breaker, 20);
  } catch (const BreakerOpen& open) {
    message = open.what();
  }
  for (const char* each :
       {"orders: 20 of the first 27 rows", "20 in a row with 23514 price_check"}) {
    CAPTURE(each);
    CHECK(message.find(each) != std::string::npos);
  }
}

}  // namespace rehome::move
