#include "base/suggestion.h"

#include <doctest/doctest.h>

namespace rehome::base {

TEST_CASE("a name that begins alike wins over one that is merely short of letters") {
  const std::vector<std::string> tables = {"dispatch_doctorsetting", "dispatch_office_doctors",
                                           "dispatch_order"};
  CHECK(suggest("dispatch_doctor", tables) == "dispatch_doctorsetting");
  CHECK(did_you_mean("dispatch_doctor", tables) == "did you mean dispatch_doctorsetting?");
}

TEST_CASE("typing mistakes are found") {
  const std::vector<std::string> keys = {"from",    "join",   "to",     "key",
                                         "exclude", "refuse", "columns"};
  CHECK(suggest("colums", keys) == "columns");
  CHECK(suggest("exlude", keys) == "exclude");
  CHECK(suggest("titel", {"id", "title"}) == "title");
  CHECK(suggest("FROM", keys) == "from");
  CHECK(suggest("jion", {"joins", "join"}) == "join");
}

TEST_CASE("nothing is better than nonsense") {
  CHECK_FALSE(suggest("zebra", {"from", "columns"}).has_value());
  CHECK_FALSE(suggest("zebra", {}).has_value());
  CHECK(did_you_mean("zebra", {"from"}).empty());
}

TEST_CASE("equal distances: first by alphabet") {
  CHECK(suggest("case", {"cast", "base"}) == "base");
}

}  // namespace rehome::base
