#include "sql/from_item.h"

#include <doctest/doctest.h>

namespace rehome::sql {
namespace {

const base::Position k_start{"rehome.yaml", 4, 11};

TEST_CASE("a table and its alias") {
  const auto plain = parse_from_item("dispatch_file f", k_start);
  REQUIRE(plain);
  CHECK(plain->table == "dispatch_file");
  CHECK(plain->alias == "f");
  CHECK(plain->schema.empty());
  CHECK(parse_from_item("dispatch_file", k_start)->alias == "dispatch_file");
  CHECK(parse_from_item("dispatch_file AS F", k_start)->alias == "f");
  CHECK(parse_from_item("dispatch_order \"order\"", k_start)->alias == "order");
  CHECK(parse_from_item("\"Order\" o", k_start)->table == "Order");
  CHECK(parse_from_item("old.t", k_start)->schema == "old");
}

TEST_CASE("anything else is refused where it stands") {
  for (const char* text :
       {"", "a, b", "a join b on true", "(select 1) x", "f(1) x", "a where true", "only a",
        "a x (c)", "db.s.t", "a b c", "a; b", "a tablesample system (1)"}) {
    CAPTURE(text);
    const auto result = parse_from_item(text, k_start);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().front().code == "E1303");
  }
  CHECK(parse_from_item("a user", k_start).error().front().position ==
        base::Position{"rehome.yaml", 4, 13});
}

}  // namespace
}  // namespace rehome::sql
