#include "sql/expression.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

namespace rehome::sql {
namespace {

const base::Position k_start{"rehome.yaml", 10, 5};

ParsedExpression parse(std::string_view text) {
  const auto result = parse_expression(text, k_start);
  if (!result) FAIL(std::string(text) << ": " << result.error().front().message);
  return *result;
}

base::Diagnostic refused(std::string_view text) {
  const auto result = parse_expression(text, k_start);
  if (result) FAIL(std::string(text) << " was accepted");
  return result.error().front();
}

// The character of `text` a diagnostic points at, by the position it names.
std::size_t offset_of(const base::Diagnostic& diagnostic, std::string_view text) {
  for (std::size_t offset = 0; offset <= text.size(); ++offset) {
    if (advance(k_start, text, offset) == diagnostic.position) return offset;
  }
  return std::string_view::npos;
}

std::vector<std::string> names(const std::vector<ColumnReference>& references) {
  std::vector<std::string> result;
  for (const auto& each : references) {
    result.push_back(each.qualifier.empty() ? each.column : each.qualifier + "." + each.column);
  }
  return result;
}

std::vector<std::string> texts(const ParsedExpression& parsed) {
  std::vector<std::string> result;
  for (const auto& each : parsed.subqueries) result.push_back(each.text);
  return result;
}

using Names = std::vector<std::string>;

TEST_CASE("columns are found with their place, in the order written") {
  const std::string text = "coalesce(nullif(trim(o.name), ''), 'Office ' || o.id, city)";
  const auto parsed = parse(text);
  CHECK(names(parsed.columns) == Names{"o.name", "o.id", "city"});
  for (const auto& each : parsed.columns) {
    const std::string written =
        each.qualifier.empty() ? each.column : each.qualifier + "." + each.column;
    CHECK(text.substr(each.offset, written.size()) == written);
  }
  CHECK(parsed.subqueries.empty());
  CHECK_FALSE(parsed.bare_name);
}

TEST_CASE("every kind of expression a mapping needs is understood") {
  CHECK(names(parse("case when o.tax > 1 then o.tax / 100 else o.rate end").columns) ==
        Names{"o.tax", "o.tax", "o.rate"});
  CHECK(names(parse("i.created_at::date").columns) == Names{"i.created_at"});
  CHECK(names(parse("cast(i.price as numeric(10,2))").columns) == Names{"i.price"});
  CHECK(names(parse("p.user_id is null and not p.deleted").columns) ==
        Names{"p.user_id", "p.deleted"});
  CHECK(names(parse("(array[a.x, a.y])[1]").columns) == Names{"a.x", "a.y"});
  CHECK(names(parse("\"Order\".\"userId\"").columns) == Names{"Order.userId"});
  CHECK(names(parse("F.Name").columns) == Names{"f.name"});
  CHECK(names(parse("('(' || f.name) -- ) a comment").columns) == Names{"f.name"});
  CHECK(names(parse("/* ( */ f.name").columns) == Names{"f.name"});
  CHECK(names(parse("extract(epoch from r.at) + r.n").columns) == Names{"r.at", "r.n"});
  CHECK(names(parse("'äöü' || p.größe").columns) == Names{"p.größe"});
  CHECK(parse("lower(f.ext)").functions.front().name == "lower");
  CHECK(parse("pg_catalog.lower(f.ext)").functions.front().schema == "pg_catalog");
}

TEST_CASE("constants, bare names and clocks are told apart") {
  CHECK(parse("USA").bare_name);
  CHECK(parse("\"USA\"").columns.front().column == "USA");
  CHECK_FALSE(parse("o.usa").bare_name);
  CHECK_FALSE(parse("usa || ''").bare_name);
  for (const char* text : {"false", "7", "-7", "1.5", "'x'", "NULL", "E'a\\n'"}) {
    CAPTURE(text);
    CHECK(parse(text).bare_literal);
  }
  CHECK_FALSE(parse("'x' || f.name").bare_literal);
  for (const char* text : {"current_date", "CURRENT_TIMESTAMP", "localtime", "current_user"}) {
    CAPTURE(text);
    CHECK(parse(text).clock_or_random);
  }
  CHECK_FALSE(
      parse("now()").clock_or_random);  // a function: its volatility is the catalog's to say
  CHECK(parse("now()").functions.front().name == "now");
}

TEST_CASE("a subquery is cut out whole, with what it reads") {
  const auto parsed = parse(
      "f.id + (select min(a.id) from dispatch_instruction a where a.jaw = j.id and a.note <> ')') "
      "* 2");
  CHECK(
      texts(parsed) ==
      Names{"(select min(a.id) from dispatch_instruction a where a.jaw = j.id and a.note <> ')')"});
  CHECK(names(parsed.columns) == Names{"f.id"});
  CHECK(names(parsed.subquery_columns) == Names{"a.id", "a.jaw", "j.id", "a.note"});
  CHECK(parsed.subquery_columns[0].local);
  CHECK_FALSE(parsed.subquery_columns[2].local);
  REQUIRE(parsed.tables.size() == 1);
  CHECK(parsed.tables[0].name == "dispatch_instruction");
}

TEST_CASE("an expression may be nothing but a subquery") {
  CHECK(texts(parse("(select min(a.id) from t a)")) == Names{"(select min(a.id) from t a)"});
  CHECK(texts(parse("( /* ( */ (select 1))")) == Names{"( /* ( */ (select 1))"});
  CHECK(texts(parse("-- (\n(select 1)")) == Names{"(select 1)"});
  CHECK(texts(parse("'(' || (select 1)")) == Names{"(select 1)"});
}

TEST_CASE("EXISTS, ARRAY and nested subqueries") {
  const auto two =
      parse("exists (select 1 from a.t x where x.i = j.id) or not exists(select from u)");
  CHECK(texts(two) ==
        Names{"exists (select 1 from a.t x where x.i = j.id)", "exists(select from u)"});
  CHECK(two.tables[0].schema == "a");
  const auto nested =
      parse("array(select x.a from t x where x.b in (select y.b from u y where y.c = f.c))");
  CHECK(texts(nested) ==
        Names{"array(select x.a from t x where x.b in (select y.b from u y where y.c = f.c))"});
  CHECK(nested.tables.size() == 2);
  CHECK_FALSE(nested.subquery_columns.back().local);
}

TEST_CASE("IN and ANY take what they compare along") {
  CHECK(texts(parse("f.a = 1 and f.b in (select b from t)")) == Names{"f.b in (select b from t)"});
  CHECK(texts(parse("((f.a + 1) * 2) = any (select b from t) or f.c")) ==
        Names{"((f.a + 1) * 2) = any (select b from t)"});
  CHECK(texts(parse("not (f.a, f.b) in (select a, b from t)")) ==
        Names{"(f.a, f.b) in (select a, b from t)"});
  CHECK(texts(parse("-f.a > all (select b from t)")) == Names{"-f.a > all (select b from t)"});
  CHECK(names(parse("f.b in (select t.b from t)").columns) == Names{"f.b"});
}

TEST_CASE("a row comparison, whose subquery is no value alone, is kept as the whole expression") {
  const std::string text = "(f.a, f.b) = (select t.a, t.b from t) and f.c";
  CHECK(texts(parse(text)) == Names{text + "\n"});
}

TEST_CASE("names of WITH are not tables, save where they are") {
  CHECK(parse("(with c as (select 1 from real_table) select 1 from c)").tables.size() == 1);
  CHECK(parse("(with t as (select * from t) select count(*) from t)").tables.size() == 1);
  CHECK(parse("(with recursive t as (select 1 union all select 2 from t) select count(*) from t)")
            .tables.empty());
  CHECK(parse("(select 1 from a join b on a.x = b.x union select 2 from c)").tables.size() == 3);
  CHECK(parse("(select 1 from c) + (with c as (select 1) select 1 from c)").tables.size() == 1);
}

TEST_CASE("half an expression is refused where it stops") {
  const auto diagnostic = refused("i.price +");
  CHECK(diagnostic.code == "E1301");
  CHECK(diagnostic.message == "syntax error at the end of the expression");
  CHECK(diagnostic.position == base::Position{"rehome.yaml", 10, 14});
  CHECK(refused("i.price +\n  ").position.column == 14);
  CHECK(refused("f(\n  i.price").position == base::Position{"rehome.yaml", 11, 10});
}

TEST_CASE("errors point at the character, in characters") {
  struct Case {
    const char* text;
    const char* at;  // the error is where this begins
    const char* code;
  };
  for (const Case& each : {
           Case{"a.b ** ) + 1", ") + 1", "E1301"},
           Case{"'äöü' || and x", "and x", "E1301"},
           Case{"i.price as amount", "as", "E1302"},
           Case{"select 1", "select", "E1302"},
           Case{"a; drop table x", "; drop", "E1302"},
           Case{"a) + (b", ") +", "E1301"},
           Case{"x + i.*", "i.*", "E1302"},
           Case{"f.x + $1", "$1", "E1302"},
           Case{"f.x + row_number() over ()", "row_number", "E1302"},
           Case{"f.x + count(*)", "count", "E1302"},
           Case{"f.x || 'abc", "'abc", "E1301"},
           Case{"public.t.x", "public", "E1302"},
       }) {
    const std::string text = each.text;
    CAPTURE(text);
    const auto diagnostic = refused(text);
    CHECK(diagnostic.code == each.code);
    CHECK(offset_of(diagnostic, text) == text.find(each.at));
  }
  CHECK(refused("a.x, a.y").code == "E1302");
  CHECK(refused("").code == "E1301");
  CHECK(refused("  \n ").code == "E1301");
  CHECK(refused("-- nothing").code == "E1301");
  CHECK(refused("'abc").message == "unterminated quoted string");
  CHECK(refused("(with d as (delete from t returning *) select 1 from d)").code == "E1302");
  CHECK(refused("(select x from t for update)").code == "E1302");
  CHECK(refused(std::string("a\0b", 3)).code == "E1301");
}

TEST_CASE("expressions built to exhaust the stack are refused or parsed, never fatal") {
  CHECK(refused(std::string(100000, '(')).code == "E1302");
  std::string sum = "1";
  for (int i = 0; i < 3900; ++i) sum += "+1";
  CHECK(refused(sum).code == "E1302");
  std::string list = "f.x in (1";
  for (int i = 0; i < 3000; ++i) list += ",1";
  CHECK(parse(list + ")").columns.size() == 1);
  std::string operators;
  for (int i = 0; i < 7000; ++i) operators += "- ";
  CHECK_FALSE(parse_expression(operators + "f.x", k_start).has_value());
}

TEST_CASE("any bytes are refused or accepted with offsets inside the text") {
  CHECK(rc::check("parse_expression on words in any order", [] {
    static const std::vector<std::string> words = {
        "f.x",  "(",    ")",    "select", "from", "t",      "'a'",   "||",  "in",   ",",
        "1",    "case", "when", "then",   "end",  "exists", "array", "[",   "]",    "::",
        "text", "ä",    "\n",   "--",     "any",  "=",      "not",   "and", "with", "as"};
    const auto picks = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words));
    std::string text;
    for (const auto& word : picks) text += word + " ";
    const auto result = parse_expression(text, k_start);
    if (!result) {
      RC_ASSERT(offset_of(result.error().front(), text) != std::string::npos);
      return;
    }
    for (const auto& column : result->columns) RC_ASSERT(column.offset < text.size());
    for (const auto& subquery : result->subqueries) {
      RC_ASSERT(!find_syntax_error("SELECT (" + subquery.text + "\n)"));
    }
  }));
}

TEST_CASE("statements: exactly one is taken") {
  CHECK_FALSE(find_syntax_error("COPY (SELECT 1) TO STDOUT").has_value());
  CHECK(find_syntax_error("SELECT 1; SELECT 2") == "more than one statement");
  CHECK(find_syntax_error("") == "no statement");
  CHECK(find_syntax_error("SELEC 1").has_value());
}

}  // namespace
}  // namespace rehome::sql
