#include "sql/condition.h"

#include <pg_query.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "base/ensure.h"

namespace rehome::sql {

namespace {

using Json = nlohmann::json;

constexpr std::string_view k_prefix = "SELECT (";

Json parse_tree(std::string_view condition) {
  const std::string statement =
      std::string(k_prefix) + std::string(condition) + "\n)";  // it may end in a comment
  const PgQueryParseResult result = pg_query_parse(statement.c_str());
  Json tree = result.error == nullptr ? Json::parse(result.parse_tree) : Json();
  pg_query_free_parse_result(result);
  base::ensure(!tree.is_null(), "a join condition was not parsed before its terms were asked for");
  return tree["stmts"][0]["stmt"]["SelectStmt"]["targetList"][0]["ResTarget"]["val"];
}

ColumnReference column_reference(const Json& node) {
  ColumnReference reference;
  for (const Json& field : node["fields"]) {
    if (!field.contains("String")) continue;
    reference.qualifier = reference.column;
    reference.column = field["String"].value("sval", "");
  }
  const auto location = node.value("location", static_cast<int>(k_prefix.size()));
  reference.offset = static_cast<std::size_t>(location) - k_prefix.size();
  return reference;
}

void collect_columns(const Json& node, std::vector<ColumnReference>& columns) {
  if (node.is_object() && node.contains("ColumnRef")) {
    columns.push_back(column_reference(node["ColumnRef"]));
    return;
  }
  if (!node.is_structured()) return;
  for (const Json& child : node) collect_columns(child, columns);
}

bool is_equality(const Json& node) {
  if (!node.contains("A_Expr")) return false;
  const Json& expression = node["A_Expr"];
  return expression.value("kind", "") == "AEXPR_OP" && expression["name"].size() == 1 &&
         expression["name"][0]["String"].value("sval", "") == "=";
}

Term make_term(const Json& node) {
  Term term;
  collect_columns(node, term.columns);
  if (is_equality(node)) {
    for (const char* side : {"lexpr", "rexpr"}) {
      const Json& operand = node["A_Expr"][side];
      if (operand.contains("ColumnRef")) {
        term.equal_columns.push_back(column_reference(operand["ColumnRef"]));
      }
    }
  }
  const auto first =
      std::min_element(term.columns.begin(), term.columns.end(),
                       [](const auto& a, const auto& b) { return a.offset < b.offset; });
  if (first != term.columns.end()) term.offset = first->offset;
  return term;
}

void collect_terms(const Json& node, std::vector<Term>& terms) {
  const bool conjunction =
      node.contains("BoolExpr") && node["BoolExpr"].value("boolop", "") == "AND_EXPR";
  if (!conjunction) {
    terms.push_back(make_term(node));
    return;
  }
  for (const Json& argument : node["BoolExpr"]["args"]) collect_terms(argument, terms);
}

}  // namespace

std::vector<Term> parse_terms(std::string_view condition) {
  std::vector<Term> terms;
  collect_terms(parse_tree(condition), terms);
  return terms;
}

}  // namespace rehome::sql
