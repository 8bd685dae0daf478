// Quoting, compared with the server's own.
#include <doctest/doctest.h>

#include "sql/identifier.h"
#include "support/cluster.h"

namespace rehome::sql {

TEST_CASE("every keyword of the server is quoted as the server quotes it") {
  tests::Database database("quoting");
  const auto words = database.rows("SELECT word, quote_ident(word) FROM pg_get_keywords()");
  REQUIRE(words.size() > 400);
  for (const auto& row : words) {
    CAPTURE(row[0]);
    // Words that are reserved in a later version only are quoted here already.
    if (row[1] != row[0]) CHECK(quote_identifier(row[0]) == row[1]);
    CHECK(database.value("SELECT 1 AS " + quote_identifier(row[0])) == "1");
  }
}

TEST_CASE("literals arrive as they were") {
  tests::Database database("quoting");
  for (const char* text : {"it's", "C:\\new\\'", "", "\n\t", "ä'\\", "$$", "--", "/*"}) {
    CHECK(database.value("SELECT " + quote_literal(text)) == text);
  }
}

}  // namespace rehome::sql
