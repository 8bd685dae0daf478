#include "sql/identifier.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "sql/token.h"

namespace rehome::sql {

TEST_CASE("identifiers are quoted exactly when PostgreSQL needs it") {
  CHECK(quote_identifier("dispatch_file") == "dispatch_file");
  CHECK(quote_identifier("_x9") == "_x9");
  CHECK(quote_identifier("order") == "\"order\"");
  CHECK(quote_identifier("left") == "\"left\"");
  CHECK(quote_identifier("timestamp") == "\"timestamp\"");
  CHECK(quote_identifier("system_user") == "\"system_user\"");
  CHECK(quote_identifier("name") == "name");
  CHECK(quote_identifier("userId") == "\"userId\"");
  CHECK(quote_identifier("9x") == "\"9x\"");
  CHECK(quote_identifier("") == "\"\"");
  CHECK(quote_identifier("a\"b") == "\"a\"\"b\"");
  CHECK(quote_identifier("größe") == "\"größe\"");
}

TEST_CASE("literals") {
  CHECK(quote_literal("it's") == "'it''s'");
  CHECK(quote_literal("C:\\x") == "E'C:\\\\x'");
  CHECK(quote_literal("") == "''");
}

TEST_CASE("names are joined by dots") {
  CHECK(qualified_column("order", "id") == "\"order\".id");
  CHECK(QualifiedName{"public", "Order"}.text() == "public.\"Order\"");
  CHECK(join({"a", "b", "c"}, ", ") == "a, b, c");
  CHECK(join({"a", "a"}, "-") == "a-a");
  CHECK(join(std::vector<std::string>{}, ", ").empty());
}

TEST_CASE("whatever the text, quoting makes one token of it") {
  CHECK(rc::check("one token", [](const std::string& bytes) {
    std::string text;
    for (const char c : bytes) text += c == '\0' ? '\\' : static_cast<char>(c & 0x7f);
    std::erase(text, '\0');
    const std::string literal = quote_literal(text);
    const auto as_literal = scan_tokens(literal);
    RC_ASSERT(as_literal.has_value());
    RC_ASSERT(as_literal->size() == 1U);
    if (text.empty()) return;  // a zero-length identifier is the lexer's one exception
    const auto as_name = scan_tokens(quote_identifier(text));
    RC_ASSERT(as_name.has_value());
    RC_ASSERT(as_name->size() == 1U);
  }));
}

}  // namespace rehome::sql
