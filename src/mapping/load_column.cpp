#include <fmt/format.h>

#include <optional>

#include "base/suggestion.h"
#include "mapping/construct_registry.h"
#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

void report_constant(const Node& node, const std::string& value, Problems& problems) {
  problems.add("E1201", node,
               fmt::format("`{}` is a constant; a column holds an SQL expression", value),
               fmt::format("declare it: {{const: {}}}", value));
}

std::shared_ptr<const Construct> read_plain(const Node& node, Problems& problems) {
  if (node.is_null()) {
    problems.add("E1201", node, "the column has no value",
                 "leave it out to have the target's default; NULL is declared: {const: ~}");
    return nullptr;
  }
  if (!node.is_string()) {
    report_constant(node, node.text, problems);
    return nullptr;
  }
  auto expression = read_expression(node, "a column", problems);
  if (!expression) return nullptr;
  if (expression->parsed.bare_literal) {
    std::string value = node.text;
    if (value.size() > 1 && value.front() == '\'' && value.back() == '\'')
      value = value.substr(1, value.size() - 2);
    report_constant(node, value, problems);
    return nullptr;
  }
  return make_sql_construct(std::move(*expression));
}

// The one construct the map is written for; nothing after reporting none or several.
const ConstructKind* choose_construct(const Node& node, Problems& problems) {
  const ConstructKind* chosen = nullptr;
  for (const Member& member : node.members) {
    const ConstructKind* kind = find_construct(member.key.text);
    if (kind == nullptr) continue;
    if (chosen != nullptr) {
      problems.add("E1205", member.key,
                   fmt::format("a column is made in one way, not by both `{}` and `{}`",
                               chosen->name, kind->name),
                   "keep one of the two");
      return nullptr;
    }
    chosen = kind;
  }
  if (chosen != nullptr) return chosen;

  std::vector<std::string> names;
  for (const ConstructKind* kind : construct_kinds()) names.emplace_back(kind->name);
  std::string hint;
  for (const Member& member : node.members) {
    if (hint.empty()) hint = base::did_you_mean(member.key.text, names);
  }
  if (hint.empty()) hint = suggest_name("", names);
  const Node& at = node.members.empty() ? node : node.members.front().key;
  problems.add("E1205", at, "nothing here says how the column is made", hint);
  return nullptr;
}

void read_options(const Node& node, Column& column, Problems& problems) {
  if (const Node* owner = node.find("owner")) {
    const auto word = read_word(*owner, field_of(column_options_shape(), "owner"), {}, problems);
    if (word == "target") column.owner = Owner::target;
  }
  const Node* unique = node.find("unique");
  if (unique == nullptr || !check_members(*unique, unique_shape(), problems)) return;
  if (const Node* losers = unique->find("losers")) {
    const auto word = read_word(*losers, field_of(unique_shape(), "losers"), {}, problems);
    if (word) column.unique_losers = *word == "leave_empty" ? Losers::leave_empty : Losers::hold;
  }
}

std::shared_ptr<const Construct> read_construct(const Node& node, Column& column,
                                                Problems& problems) {
  const ConstructKind* kind = choose_construct(node, problems);
  if (kind == nullptr) return nullptr;
  std::vector<Field> fields = kind->fields;
  const auto& options = column_options_shape().fields;
  fields.insert(fields.end(), options.begin(), options.end());
  check_members(node, fmt::format("`{}`", kind->name), fields, problems);
  read_options(node, column, problems);
  return kind->parse(node, problems);
}

}  // namespace

Column read_column(const Member& member, Problems& problems) {
  Column column;
  if (auto name = read_name(member.key, "a column's name", problems))
    column.name = std::move(*name);
  const Node& node = member.value;
  if (node.is_list()) {
    problems.add("E1202", node, "a column must be an expression or a map, not a list");
  } else if (node.is_map()) {
    column.construct = read_construct(node, column, problems);
  } else {
    column.construct = read_plain(node, problems);
  }
  return column;
}

}  // namespace rehome::mapping
