#include "pg/array_text.h"

#include <doctest/doctest.h>

namespace rehome::pg {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("an array's text is taken apart as the server put it together") {
  CHECK(parse_text_array("{}").empty());
  CHECK(parse_text_array("{a}") == Names{"a"});
  CHECK(parse_text_array("{a,b}") == Names{"a", "b"});
  CHECK(parse_text_array(R"({"","a,b","{}"," "})") == Names{"", "a,b", "{}", " "});
  CHECK(parse_text_array(R"({"q\"uote","back\\slash","NULL"})") ==
        Names{"q\"uote", "back\\slash", "NULL"});
  CHECK(parse_text_array("{🦆,é}") == Names{"🦆", "é"});
}

}  // namespace
}  // namespace rehome::pg
