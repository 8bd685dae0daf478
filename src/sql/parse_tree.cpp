#include "sql/parse_tree.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "sql/subquery_extent.h"
#include "sql/token.h"

namespace rehome::sql {

namespace {

using Json = nlohmann::json;

// The names a SELECT brings into sight of everything inside it.
struct Scope {
  std::set<std::string> aliases;
  std::set<std::string> with_names;
};

const Json& child(const Json& node, const char* name) {
  static const Json nothing;
  const auto found = node.find(name);
  return found == node.end() ? nothing : *found;
}

std::string text_of(const Json& node, const char* name) {
  const Json& value = child(node, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::vector<std::string> names_of(const Json& list) {
  std::vector<std::string> names;
  for (const Json& item : list) {
    if (item.contains("String")) names.push_back(text_of(item["String"], "sval"));
  }
  return names;
}

// The name a member of FROM goes by, into `aliases`.
void collect_aliases(const Json& member, std::set<std::string>& aliases) {
  if (!member.is_object() || member.empty()) return;
  const Json& body = member.begin().value();
  if (const Json& alias = child(body, "alias"); alias.is_object()) {
    aliases.insert(text_of(alias, "aliasname"));
  } else if (member.contains("RangeVar")) {
    aliases.insert(text_of(body, "relname"));
  }
  for (const char* inner : {"larg", "rarg", "relation"}) {
    if (const Json& part = child(body, inner); part.is_object()) collect_aliases(part, aliases);
  }
}

class TreeWalker {
 public:
  TreeWalker(std::string_view text, std::size_t prefix) : text_(text), prefix_(prefix) {}

  void walk(const Json& node) {
    if (node.is_array()) {
      for (const Json& item : node) walk(item);
    } else if (node.is_object()) {
      for (const auto& [name, value] : node.items()) walk_member(name, value);
    }
  }

  TreeReading take() {
    const auto by_offset = [](const auto& a, const auto& b) { return a.offset < b.offset; };
    ParsedExpression& parsed = reading_.parsed;
    std::stable_sort(parsed.columns.begin(), parsed.columns.end(), by_offset);
    std::stable_sort(parsed.subquery_columns.begin(), parsed.subquery_columns.end(), by_offset);
    std::stable_sort(parsed.tables.begin(), parsed.tables.end(), by_offset);
    std::stable_sort(parsed.functions.begin(), parsed.functions.end(), by_offset);
    if (whole_)
      parsed.subqueries = {Subquery{std::string(text_) + "\n", 0}};  // may end in a comment
    std::stable_sort(parsed.subqueries.begin(), parsed.subqueries.end(), by_offset);
    return std::move(reading_);
  }

  void report(std::string message, std::string hint, std::size_t offset) {
    if (!reading_.problem) reading_.problem = {std::move(message), std::move(hint), offset};
  }

  std::size_t offset_of(const Json& node) const {
    const Json& location = child(node, "location");
    if (!location.is_number_integer()) return 0;
    const auto byte = location.get<std::int64_t>();
    const auto start = static_cast<std::int64_t>(prefix_);
    return byte > start ? static_cast<std::size_t>(byte - start) : 0;
  }

 private:
  void walk_member(const std::string& name, const Json& value) {
    if (name == "ColumnRef") return read_column(value);
    if (name == "RangeVar") return read_table(value);
    if (name == "SubLink") return read_subquery(value);
    if (name == "SelectStmt" || name == "larg" || name == "rarg") return walk_select(value);
    if (name == "FuncCall") read_function(value);
    if (name == "SQLValueFunction") reading_.parsed.clock_or_random = true;
    if (name == "ParamRef") {
      report("a parameter has no value here", "write the column or the constant itself",
             offset_of(value));
    }
    if (name == "InsertStmt" || name == "UpdateStmt" || name == "DeleteStmt" ||
        name == "MergeStmt") {
      report("an expression must not change data", "rehome only reads the source", 0);
    }
    if (name == "intoClause" || name == "lockingClause") {
      report("a subquery here can only read", "leave out INTO and FOR UPDATE", 0);
    }
    walk(value);
  }

  void read_column(const Json& node) {
    const std::vector<std::string> names = names_of(child(node, "fields"));
    const bool star = child(node, "fields").size() != names.size();
    const bool inside = depth_ > 0;
    if (star) {
      if (!inside) report("a star is not one value", "name the one column meant", offset_of(node));
      return;
    }
    ColumnReference reference;
    reference.column = names.back();
    if (names.size() > 1) reference.qualifier = names[names.size() - 2];
    reference.offset = offset_of(node);
    if (!inside && names.size() > 2) {
      report("a column is written alias.column", "name the table's alias only, without its schema",
             reference.offset);
    }
    reference.local = inside && is_local(reference.qualifier);
    auto& list = inside ? reading_.parsed.subquery_columns : reading_.parsed.columns;
    list.push_back(std::move(reference));
  }

  bool is_local(const std::string& qualifier) const {
    return std::any_of(scopes_.begin(), scopes_.end(),
                       [&](const Scope& scope) { return scope.aliases.count(qualifier) > 0; });
  }

  void read_table(const Json& node) {
    TableReference reference{text_of(node, "schemaname"), text_of(node, "relname"),
                             offset_of(node)};
    const bool is_with_name = reference.schema.empty() &&
                              std::any_of(scopes_.begin(), scopes_.end(), [&](const Scope& scope) {
                                return scope.with_names.count(reference.name) > 0;
                              });
    if (!is_with_name) reading_.parsed.tables.push_back(std::move(reference));
  }

  void read_function(const Json& node) {
    const std::vector<std::string> names = names_of(child(node, "funcname"));
    FunctionReference reference;
    if (names.size() > 1) reference.schema = names[names.size() - 2];
    if (!names.empty()) reference.name = names.back();
    reference.offset = offset_of(node);
    if (depth_ == 0) check_sees_one_row(node, reference.offset);
    reading_.parsed.functions.push_back(std::move(reference));
  }

  void check_sees_one_row(const Json& node, std::size_t offset) {
    if (node.contains("over")) {
      report("a window function looks at other rows", "put it into a subquery", offset);
    }
    for (const char* mark :
         {"agg_star", "agg_distinct", "agg_filter", "agg_order", "agg_within_group"}) {
      if (node.contains(mark)) {
        report("an aggregate looks at other rows", "put it into a subquery: (select … from …)",
               offset);
      }
    }
  }

  void read_subquery(const Json& node) {
    walk(child(node, "testexpr"));
    if (depth_ == 0) note_subquery(node);
    ++depth_;
    walk(child(node, "subselect"));
    --depth_;
  }

  void note_subquery(const Json& node) {
    const std::string kind = text_of(node, "subLinkType");
    const std::size_t location = offset_of(node);
    const Json& compared = child(node, "testexpr");
    std::optional<std::string> found;
    std::size_t begin = location;
    if (compared.is_object()) {
      begin = std::min(location, first_offset(compared, location));
      found = comparison_text(text_, begin, location);
    } else if (kind != "EXPR_SUBLINK" || yields_one_column(child(node, "subselect"))) {
      found = subquery_text(text_, location);
    }
    if (found) {
      reading_.parsed.subqueries.push_back({std::move(*found), begin});
    } else {
      whole_ = true;
    }
  }

  // `(a, b) = (select c, d …)` has a subquery that is no value on its own.
  static bool yields_one_column(const Json& statement) {
    const Json* select = &child(statement, "SelectStmt");
    while (select->is_object() && select->contains("larg")) select = &(*select)["larg"];
    const Json& targets = child(*select, "targetList");
    if (targets.size() != 1) return false;
    return targets[0].dump().find("A_Star") == std::string::npos;
  }

  std::size_t first_offset(const Json& node, std::size_t best) const {
    if (node.is_object() && node.contains("location")) best = std::min(best, offset_of(node));
    if (node.is_structured()) {
      for (const Json& part : node) best = first_offset(part, best);
    }
    return best;
  }

  // `larg` and `rarg` are the sides of a UNION (bare bodies) or of a JOIN (nodes with their name
  // around them).
  void walk_select(const Json& select) {
    if (!select.is_object()) return;
    if (select.contains("limitOption")) {
      read_select(select);
    } else {
      walk(select);
    }
  }

  void read_select(const Json& select) {
    scopes_.emplace_back();
    walk_with(child(select, "withClause"));
    for (const Json& member : child(select, "fromClause")) {
      collect_aliases(member, scopes_.back().aliases);
    }
    for (const auto& [name, value] : select.items()) {
      if (name != "withClause") walk_member(name, value);
    }
    scopes_.pop_back();
  }

  void walk_with(const Json& with) {
    if (!with.is_object()) return;
    const bool recursive = child(with, "recursive").is_boolean();
    const Json& list = child(with, "ctes");
    const auto name_of = [](const Json& item) {
      return text_of(child(item, "CommonTableExpr"), "ctename");
    };
    if (recursive) {
      for (const Json& item : list) scopes_.back().with_names.insert(name_of(item));
    }
    for (const Json& item : list) {
      walk(item);
      scopes_.back().with_names.insert(name_of(item));
    }
  }

  std::string_view text_;
  std::size_t prefix_;
  int depth_ = 0;
  bool whole_ = false;
  std::vector<Scope> scopes_;
  TreeReading reading_;
};

// `select 1`, whose only parentheses are those we put around every expression.
bool is_bare_query(const Json& value, std::string_view text, std::size_t prefix) {
  if (!value.contains("SubLink") || child(value["SubLink"], "location") != prefix - 1) return false;
  const auto tokens = scan_tokens(text);
  if (!tokens) return false;
  const auto first = std::find_if(tokens->begin(), tokens->end(),
                                  [](const Token& token) { return !token.is_comment(); });
  return first != tokens->end() && !first->is('(');
}

}  // namespace

TreeReading read_tree(const std::string& tree, std::string_view text, std::size_t prefix) {
  const Json root = Json::parse(tree);
  const Json& statement = root.at("stmts").at(0).at("stmt").at("SelectStmt");
  const Json& value = statement.at("targetList").at(0).at("ResTarget").at("val");

  TreeWalker walker(text, prefix);
  if (is_bare_query(value, text, prefix)) {
    walker.report("a query inside an expression stands in parentheses", "write (select …)", 0);
  }
  if (value.contains("RowExpr")) {
    walker.report("this is several values, a column takes one", "write one expression",
                  walker.offset_of(value["RowExpr"]));
  }
  walker.walk(value);
  TreeReading reading = walker.take();
  reading.parsed.bare_name = value.contains("ColumnRef") && reading.parsed.columns.size() == 1 &&
                             reading.parsed.columns[0].qualifier.empty();
  reading.parsed.bare_literal = value.contains("A_Const");
  return reading;
}

}  // namespace rehome::sql
