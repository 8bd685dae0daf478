#include "work/failpoint.h"

#if REHOME_FAILPOINTS

#include <doctest/doctest.h>

#include <cstdlib>
#include <stdexcept>

namespace rehome::work {

// The environment is read once, so all is in one test.
TEST_CASE("failpoints act by name, action and hit") {
  setenv("REHOME_FAILPOINTS", "always=do,second=do@2,fails=error@2,nothing,=do,odd=unheard", 1);
  CHECK(failpoint("always"));
  CHECK(failpoint("always"));

  CHECK_FALSE(failpoint("second"));
  CHECK(failpoint("second"));
  CHECK_FALSE(failpoint("second"));

  CHECK_FALSE(failpoint("fails"));
  CHECK_THROWS_WITH_AS(failpoint("fails"), "failpoint fails", std::runtime_error);
  CHECK_FALSE(failpoint("fails"));

  CHECK_FALSE(failpoint("nothing"));
  CHECK_FALSE(failpoint("odd"));
  CHECK_FALSE(failpoint("never named"));
}

}  // namespace rehome::work

#endif
