// Mistakes are shown where they are, however YAML was made to write them.
#include <doctest/doctest.h>

#include <algorithm>

#include "mapping/sample.h"

namespace rehome::mapping {
namespace {

// Loads a mapping whose one mistake is the character before `<!`, and tells what the caret points
// at.
void check_caret(const std::string& column, const std::string& code) {
  std::string text = with_columns(column);
  const std::size_t mark = text.find("<!");
  REQUIRE(mark != std::string::npos);
  text.erase(mark, 2);
  const auto result = load_text(text);
  CAPTURE(text.substr(text.find("columns:")));
  REQUIRE_FALSE(result.has_value());
  const base::Diagnostic& found = result.error().front();
  const std::size_t line_start = text.rfind('\n', mark - 1) + 1;
  const auto line =
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(mark), '\n') + 1;
  const base::Position start{"rehome.yaml", static_cast<int>(line), 1};
  const base::Position expected = sql::advance(start, text.substr(line_start), mark - line_start);
  CHECK(found.code == code);
  CHECK(found.position.line == expected.line);
  CHECK(found.position.column == expected.column);
}

TEST_CASE("plain, quoted, escaped, folded and literal scalars") {
  check_caret("      a: t.price +<!\n", "E1301");
  check_caret("      a: t.price +<! # a comment\n", "E1301");
  check_caret("      a: 't.price || ''x'' ||<!'\n", "E1301");
  check_caret("      a: \"'\\\"\\u00e4ö\\n' || t.price +<!\"\n", "E1301");
  check_caret("      a: \"'x' || \\\n         t.x +<!\"\n", "E1301");
  check_caret("      a: {sql: t.price +<!, owner: target}\n", "E1301");
  check_caret("      a: |\n        t.price\n          + f(<!\n", "E1301");
  check_caret(
      "      a: >-\n        case when t.price > 0\n        then t.x\n\n        else <!else 3 end\n",
      "E1301");
  check_caret("      a: t.price\n        +\n        <!* 3\n", "E1301");
  check_caret("      größe: \"'ä' || <!and t.x\"\n", "E1301");
}

TEST_CASE("names inside a scalar are found again") {
  check_caret("      a: coalesce(t.x, <!u.y)\n", "E1403");
  check_caret("      a: |\n        coalesce(t.x,\n          <!u.y)\n", "E1403");
  check_caret("      a: \"'\\u00e4' || <!u.y\"\n", "E1403");
  check_caret("      a: {map: '<!u.y', values: {1: 2}}\n", "E1403");
  check_caret("      a: (select x.y from x where x.z = <!u.y)\n", "E1403");
  check_caret("      a: {ref: <!other, key: t.x}\n", "E1401");
  check_caret("      a: {same_as: <!other}\n", "E1402");
}

TEST_CASE("a server's error finds its way back as well") {
  const auto mapping =
      load_text(with_columns("      a: |\n        lower(t.x)\n          || t.name\n"));
  REQUIRE(mapping.has_value());
  const Column& column = mapping->entities[0].columns[0];
  const sql::Fragment value = column.construct->derive({}).value;
  const auto place = value.locate(value.text().find("t.name"));
  REQUIRE(place.has_value());
  CHECK(place->line == column.name.position.line + 2);
  CHECK(place->column == 14);
}

}  // namespace
}  // namespace rehome::mapping
