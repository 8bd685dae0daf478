// `audit`: the row as it was in the source, kept beside what became of it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "mapping/construct_registry.h"
#include "mapping/reader.h"
#include "sql/identifier.h"

namespace rehome::mapping {

namespace {

struct Addition {
  std::string name;
  Expression value;
};

struct AuditParts {
  std::vector<Text> except;
  std::optional<std::string> under;
  std::vector<Addition> additions;
};

// `public.dispatch_file` → `dispatch_file`, quotes gone; two of them inside quotes are one of the
// name.
std::string table_name(const std::string& qualified) {
  std::string name;
  bool quoted = false;
  for (std::size_t index = 0; index < qualified.size(); ++index) {
    const char c = qualified[index];
    if (c == '"' && quoted && qualified.substr(index + 1, 1) == "\"") {
      name += qualified[++index];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      name.clear();
    } else {
      name += c;
    }
  }
  return name;
}

class AuditConstruct final : public Construct {
 public:
  AuditConstruct(base::Position position, AuditParts parts)
      : Construct("audit", std::move(position)), parts_(std::move(parts)) {}

  std::vector<const Expression*> expressions() const override {
    std::vector<const Expression*> all;
    for (const Addition& each : parts_.additions) all.push_back(&each.value);
    return all;
  }
  std::vector<Text> excepted_columns() const override { return parts_.except; }

  // The object is put together as text: json_build_object around it would parse and write the row a
  // second time, a third of what an audit costs.
  Derivation derive(const DeriveContext& context) const override {
    std::string head =
        R"({"table": )" + json_text(table_name(context.source_table)) + R"(, "row": )";
    std::string tail = "}";
    if (parts_.under) {
      head = "{" + json_text(*parts_.under) + ": " + head;
      tail += "}";
    }
    Derivation derivation;
    derivation.value = sql::Fragment(sql::quote_literal(head) + " || " + row(context) + "::text");
    if (parts_.additions.empty()) {
      derivation.value += " || " + sql::quote_literal(tail);
    } else {
      derivation.value += " || ', ' || substr(" + additions() + "::text, 2)";
      if (parts_.under) derivation.value += " || '}'";
    }
    derivation.value_is_text = true;
    derivation.audit = true;
    return derivation;
  }

 private:
  static std::string json_text(const std::string& text) { return nlohmann::json(text).dump(); }

  sql::Fragment additions() const {
    sql::Fragment object("json_build_object(");
    for (const Addition& each : parts_.additions) {
      if (&each != &parts_.additions.front()) object += ", ";
      object += sql::quote_literal(each.name) + ", " + each.value.fragment();
    }
    return object + ")";
  }

  // json_object(text[], text[]) reads every column by its output function once: far cheaper than
  // row_to_json, and a json column with half a surrogate does not break it.
  std::string row(const DeriveContext& context) const {
    std::vector<std::string> columns = kept_columns(context);
    // The order in which jsonb keeps the keys of an object; it need not sort them then.
    if (context.target_type == "jsonb") std::sort(columns.begin(), columns.end(), comes_before);
    std::vector<std::string> names;
    std::vector<std::string> values;
    for (const std::string& column : columns) {
      names.push_back(sql::quote_literal(column));
      values.push_back(sql::qualified_column(context.alias, column) + "::text");
    }
    return "json_object(ARRAY[" + sql::join(names, ", ") + "]::text[], ARRAY[" +
           sql::join(values, ", ") + "]::text[])";
  }

  std::vector<std::string> kept_columns(const DeriveContext& context) const {
    std::vector<std::string> columns;
    for (const std::string& column : context.source_columns) {
      const bool excepted = std::any_of(parts_.except.begin(), parts_.except.end(),
                                        [&](const Text& each) { return each.value == column; });
      if (!excepted) columns.push_back(column);
    }
    return columns;
  }

  static bool comes_before(const std::string& left, const std::string& right) {
    return left.size() != right.size() ? left.size() < right.size() : left < right;
  }

  AuditParts parts_;
};

const Shape& row_shape() {
  static const Shape shape{"`audit`",
                           {{"row", FieldKind::word, "The driving row", true, {"true"}},
                            {"except", FieldKind::names,
                             "Columns of the source that are kept nowhere, such as secrets: not "
                             "here, and not in the image of a held row"}}};
  return shape;
}

void read_what(const Node& node, AuditParts& parts, Problems& problems) {
  if (node.is_scalar() && node.text == "row") return;
  if (!node.is_map()) {
    problems.add("E1203", node, "`audit` must be `row` or {row: true, except: […]}");
    return;
  }
  if (!check_members(node, row_shape(), problems)) return;
  if (const Node* row = node.find("row"))
    read_word(*row, field_of(row_shape(), "row"), {}, problems);
  if (const Node* except = node.find("except"))
    parts.except = read_names(*except, "`except`", problems);
}

void read_additions(const Node& node, AuditParts& parts, Problems& problems) {
  if (!node.is_map()) {
    problems.add("E1202", node, "`add` must be a map: name → SQL");
    return;
  }
  for (const Member& member : node.members) {
    const std::string& name = member.key.text;
    if (name == "table" || name == "row") {
      problems.add("E1404", member.key, "`" + name + "` is already part of every audit",
                   "choose another name");
    }
    auto value = read_expression(member.value, "`" + name + "`", problems);
    if (value) parts.additions.push_back({name, std::move(*value)});
  }
}

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  Problems own;
  AuditParts parts;
  read_what(*node.find("audit"), parts, own);
  if (const Node* under = node.find("under")) {
    if (const auto text = read_text(*under, "`under`", own)) parts.under = text->value;
  }
  if (const Node* add = node.find("add")) read_additions(*add, parts, own);
  const bool complete = !own.any();
  for (base::Diagnostic& each : own.take()) problems.add(std::move(each));
  if (!complete) return nullptr;
  return std::make_shared<AuditConstruct>(node.find("audit")->position, std::move(parts));
}

constexpr std::string_view k_documentation =
    R"(The driving row as it is in the source, for a `json`, `jsonb` or `text` column:
`{"table": …, "row": {column: text, …}}`, every value as PostgreSQL's text. It is written together with another column only
and never counts as a change by itself.

```yaml
metadata: {audit: row, under: migration, add: {public: r.public}}
history: {audit: {row: true, except: [password]}}
```)";

}  // namespace

const ConstructKind& audit_construct() {
  static const ConstructKind kind{
      "audit",
      k_documentation,
      {{"audit", FieldKind::other,
        "`row`, or `{row: true, except: [column, …]}` to leave secrets out", true},
       {"under", FieldKind::text,
        "The key of the object it stands under; left out, it is the whole value"},
       {"add", FieldKind::expressions, "Further values: name → SQL"}},
      parse};
  return kind;
}

}  // namespace rehome::mapping
