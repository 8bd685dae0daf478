// The mapping people read first must compile.
#include <doctest/doctest.h>

#include "plan/live.h"

namespace rehome::plan {
namespace {

TEST_CASE("the dental example compiles against its two schemas") {
  const std::filesystem::path folder = REHOME_SOURCE_DIR "/examples/dental";
  const Live live(read_file(folder / "rehome.yaml"), read_file(folder / "source.sql"),
                  read_file(folder / "target.sql"));
  const Outcome outcome = live.compile();
  CHECK(outcome.errors == "");
  REQUIRE(outcome.plan.has_value());
  CHECK(outcome.plan->entities.size() == 8);
}

}  // namespace
}  // namespace rehome::plan
