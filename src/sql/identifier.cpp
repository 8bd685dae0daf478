#include "sql/identifier.h"

#include <algorithm>
#include <array>

namespace rehome::sql {

namespace {

// Every keyword of PostgreSQL 13 to 18 that is not unreserved, sorted: what quote_identifier()
// quotes.
// clang-format off
constexpr auto k_keywords = std::to_array<std::string_view>({
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast",
    "char", "character", "check", "coalesce", "collate", "collation", "column",
    "concurrently", "constraint", "create", "cross", "current_catalog", "current_date",
    "current_role", "current_schema", "current_time", "current_timestamp", "current_user",
    "dec", "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end",
    "except", "exists", "extract", "false", "fetch", "float", "for", "foreign", "freeze",
    "from", "full", "grant", "greatest", "group", "grouping", "having", "ilike", "in",
    "initially", "inner", "inout", "int", "integer", "intersect", "interval", "into", "is",
    "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists", "json_object",
    "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table",
    "json_value", "lateral", "leading", "least", "left", "like", "limit", "localtime",
    "localtimestamp", "merge_action", "national", "natural", "nchar", "none", "normalize",
    "not", "notnull", "null", "nullif", "numeric", "offset", "on", "only", "or", "order",
    "out", "outer", "overlaps", "overlay", "placing", "position", "precision", "primary",
    "real", "references", "returning", "right", "row", "select", "session_user", "setof",
    "similar", "smallint", "some", "substring", "symmetric", "system_user", "table",
    "tablesample", "then", "time", "timestamp", "to", "trailing", "treat", "trim", "true",
    "union", "unique", "user", "using", "values", "varchar", "variadic", "verbose", "when",
    "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists",
    "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable"});
// clang-format on

bool is_plain_start(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
bool is_plain_part(char c) { return is_plain_start(c) || (c >= '0' && c <= '9'); }

bool needs_quotes(std::string_view name) {
  if (name.empty() || !is_plain_start(name.front())) return true;
  if (!std::all_of(name.begin(), name.end(), is_plain_part)) return true;
  return std::binary_search(k_keywords.begin(), k_keywords.end(), name);
}

void append_doubling(std::string& out, std::string_view text, char quote) {
  for (const char c : text) {
    out += c;
    if (c == quote) out += c;
  }
}

}  // namespace

std::string quote_identifier(std::string_view name) {
  if (!needs_quotes(name)) return std::string(name);
  std::string quoted = "\"";
  append_doubling(quoted, name, '"');
  return quoted += '"';
}

std::string quote_literal(std::string_view text) {
  const bool escapes = text.find('\\') != std::string_view::npos;
  std::string quoted = escapes ? "E'" : "'";
  for (const char c : text) {
    quoted += c;
    if (c == '\'' || c == '\\') quoted += c;
  }
  return quoted += '\'';
}

std::string QualifiedName::text() const { return qualified_column(schema, name); }

std::string qualified_column(std::string_view alias, std::string_view column) {
  return quote_identifier(alias) + "." + quote_identifier(column);
}

std::string join(const std::vector<std::string>& pieces, std::string_view separator) {
  std::string text;
  for (const std::string& piece : pieces) {
    if (&piece != &pieces.front()) text += separator;
    text += piece;
  }
  return text;
}

}  // namespace rehome::sql
