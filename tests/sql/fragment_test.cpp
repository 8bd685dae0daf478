#include "sql/fragment.h"

#include <doctest/doctest.h>

namespace rehome::sql {

TEST_CASE("a fragment finds its way back to the mapping") {
  const base::Position first{"m.yaml", 3, 10};
  const base::Position second{"m.yaml", 7, 1};
  const Fragment text = Fragment("SELECT (") + Fragment("a.x +\n b", first) + ") AS c, (" +
                        Fragment("d", second) + ")";
  REQUIRE(text.text() == "SELECT (a.x +\n b) AS c, (d)");
  CHECK_FALSE(text.locate(0).has_value());
  CHECK(text.locate(text.text().find("x")) == base::Position{"m.yaml", 3, 12});
  CHECK(text.locate(text.text().find("b")) == base::Position{"m.yaml", 4, 2});
  CHECK_FALSE(text.locate(text.text().find(") AS")).has_value());
  CHECK(text.locate(text.text().find("d)")) == second);
  CHECK_FALSE(text.locate(1000).has_value());
}

TEST_CASE("fragments join, and may be added to themselves") {
  const base::Position at{"m.yaml", 1, 1};
  Fragment twice("x", at);
  twice += twice;
  CHECK(twice.text() == "xx");
  CHECK(twice.locate(1) == at);
  CHECK(join({Fragment("a", at), Fragment("b"), Fragment("c", at)}, ", ").text() == "a, b, c");
  CHECK(join({Fragment("a", at), Fragment("b"), Fragment("c", at)}, ", ").locate(6) == at);
  CHECK(join({}, ", ").empty());
}

}  // namespace rehome::sql
