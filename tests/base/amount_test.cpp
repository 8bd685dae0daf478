#include "base/amount.h"

#include <doctest/doctest.h>

#include <limits>

namespace rehome::base {
namespace {

TEST_CASE("one is one, everything else is many") {
  CHECK(write_amount(0, "entity", "entities") == "0 entities");
  CHECK(write_amount(1, "entity", "entities") == "1 entity");
  CHECK(write_amount(2, "entity", "entities") == "2 entities");
  CHECK(write_amount(-1, "row", "rows") == "-1 rows");
  CHECK(write_amount(1001, "row", "rows") == "1,001 rows");
}

TEST_CASE("digits stand in groups of three") {
  CHECK(group_digits(0) == "0");
  CHECK(group_digits(999) == "999");
  CHECK(group_digits(1000) == "1,000");
  CHECK(group_digits(-999) == "-999");
  CHECK(group_digits(-123456) == "-123,456");
  CHECK(group_digits(std::numeric_limits<std::int64_t>::max()) == "9,223,372,036,854,775,807");
}

}  // namespace
}  // namespace rehome::base
