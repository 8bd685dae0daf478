#include "sql/from_item.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sql/expression.h"
#include "sql/parser.h"
#include "sql/token.h"

namespace rehome::sql {

namespace {

using Json = nlohmann::json;

constexpr std::string_view k_prefix = "SELECT FROM ";

base::Diagnostics refuse(std::string_view text, const base::Position& at, std::size_t offset,
                         std::string message) {
  base::Diagnostic diagnostic;
  diagnostic.code = "E1303";
  diagnostic.position = advance(at, text, offset);
  diagnostic.message = std::move(message);
  diagnostic.hint =
      "write one table and its alias, like `dispatch_file f`; quote names that need it";
  return {std::move(diagnostic)};
}

// The only member of the FROM clause, if nothing else was written; null otherwise.
Json only_table(const std::string& tree) {
  const Json root = Json::parse(tree);
  const Json& statements = root.at("stmts");
  if (statements.size() != 1) return nullptr;
  const Json& statement = statements[0].at("stmt");
  const auto select = statement.find("SelectStmt");
  if (select == statement.end()) return nullptr;
  for (const auto& [name, value] : select->items()) {
    if (name != "fromClause" && name != "limitOption" && name != "op") return nullptr;
  }
  const auto members = select->find("fromClause");
  if (members == select->end() || members->size() != 1) return nullptr;
  return members->at(0).value("RangeVar", Json());
}

}  // namespace

base::Result<FromItem> parse_from_item(std::string_view text, const base::Position& at) {
  constexpr std::string_view k_not_one = "this is not one table with its alias";
  const auto tokens = scan_tokens(text);
  if (tokens && tokens->size() > 8) {  // database.schema.table as "alias" at most; bounds the tree
    return tl::unexpected(refuse(text, at, 0, std::string(k_not_one)));
  }
  if (text.find('\0') != std::string_view::npos) {
    return tl::unexpected(refuse(text, at, 0, "a NUL character cannot be part of a name"));
  }
  const ParseOutcome outcome = parse_statements(std::string(k_prefix) + std::string(text));
  if (outcome.error) {
    const std::size_t offset =
        outcome.error->offset - std::min(outcome.error->offset, k_prefix.size());
    return tl::unexpected(refuse(text, at, offset, outcome.error->message));
  }
  const Json table = only_table(outcome.tree);
  if (!table.is_object() || table.contains("catalogname") || !table.value("inh", false)) {
    return tl::unexpected(refuse(text, at, 0, std::string(k_not_one)));
  }
  const Json alias = table.value("alias", Json::object());
  if (alias.contains("colnames"))
    return tl::unexpected(refuse(text, at, 0, std::string(k_not_one)));

  FromItem item;
  item.schema = table.value("schemaname", "");
  item.table = table.value("relname", "");
  item.alias = alias.value("aliasname", item.table);
  return item;
}

}  // namespace rehome::sql
