// `map`: a value for each value of the source, every one of them decided.
#include <fmt/format.h>

#include <optional>
#include <set>

#include "mapping/construct_registry.h"
#include "mapping/reader.h"
#include "sql/identifier.h"

namespace rehome::mapping {

namespace {

using Value = std::optional<std::string>;  // nothing: NULL

struct Pair {
  Value from;
  Value to;
  base::Position position;  // of `to`
};

enum class Else { absent, quarantine, value };

struct MapParts {
  Expression of;
  std::vector<Pair> pairs;
  Else otherwise = Else::absent;
  Value else_value;  // of Else::value
  base::Position position;
};

std::string literal(const Value& value) {
  return value ? sql::quote_literal(*value) + "::text" : "NULL::text";
}

class MapConstruct final : public Construct {
 public:
  explicit MapConstruct(MapParts parts)
      : Construct("map", parts.position), parts_(std::move(parts)) {}

  std::vector<const Expression*> expressions() const override { return {&parts_.of}; }

  std::optional<ValueMap> value_map() const override {
    ValueMap map;
    map.of = &parts_.of;
    for (const Pair& pair : parts_.pairs) {
      map.values.emplace_back(pair.from, pair.to);
      map.positions.push_back(pair.position);
    }
    map.has_else = parts_.otherwise != Else::absent;
    map.position = position();
    return map;
  }

  Derivation derive(const DeriveContext& context) const override {
    Derivation derivation;
    derivation.value = value();
    derivation.value_is_text = true;
    derivation.leaves_empty = parts_.otherwise == Else::value && !parts_.else_value;
    if (parts_.otherwise != Else::value) {
      derivation.refusals.push_back(
          {"map", fmt::format("{} has no value for this one of the source", context.column),
           unlisted(), position()});
    }
    return derivation;
  }

 private:
  const Pair* null_pair() const {
    for (const Pair& pair : parts_.pairs) {
      if (!pair.from) return &pair;
    }
    return nullptr;
  }

  sql::Fragment value() const {
    sql::Fragment cases = sql::Fragment("CASE ") + parts_.of.fragment() + "::text";
    bool has_cases = false;
    for (const Pair& pair : parts_.pairs) {
      if (!pair.from) continue;
      cases += " WHEN " + sql::quote_literal(*pair.from) + " THEN " + literal(pair.to);
      has_cases = true;
    }
    cases += " ELSE " + literal(parts_.else_value) + " END";
    if (!has_cases) cases = literal(parts_.else_value);
    const Pair* null = null_pair();
    if (null == nullptr) return cases;
    return sql::Fragment("CASE WHEN ") + parts_.of.fragment() + " IS NULL THEN " +
           literal(null->to) + " ELSE " + cases + " END";
  }

  sql::Fragment unlisted() const {
    std::vector<std::string> listed;
    for (const Pair& pair : parts_.pairs) {
      if (pair.from) listed.push_back(sql::quote_literal(*pair.from));
    }
    const std::string of_null = null_pair() == nullptr ? "false" : "true";
    if (listed.empty()) return parts_.of.fragment() + " IS NOT NULL";
    return sql::Fragment("NOT coalesce(") + parts_.of.fragment() + "::text IN (" +
           sql::join(listed, ", ") + "), " + of_null + ")";
  }

  MapParts parts_;
};

Value value_of(const Node& node) { return node.is_null() ? Value() : Value(node.text); }

bool read_pairs(const Node& node, MapParts& parts, Problems& problems) {
  if (!node.is_map() || node.members.empty()) {
    problems.add("E1202", node, "`values` must be a map: value of the source → value of the target",
                 "such as {0: new, 1: sent, ~: new}");
    return false;
  }
  std::set<Value> seen;
  for (const Member& member : node.members) {
    if (!member.value.is_scalar()) {
      problems.add("E1202", member.value,
                   fmt::format("the value for `{}` must be a single value", member.key.text));
      return false;
    }
    if (!seen.insert(value_of(member.key)).second) {
      problems.add("E1101", member.key, "NULL is listed twice", "~ and null are the same");
      return false;
    }
    parts.pairs.push_back({value_of(member.key), value_of(member.value), member.value.position});
  }
  return true;
}

bool read_else(const Node& node, MapParts& parts, Problems& problems) {
  if (node.is_map() && node.members.size() == 1 && node.members[0].key.text == "value" &&
      node.members[0].value.is_scalar()) {
    parts.otherwise = Else::value;
    parts.else_value = value_of(node.members[0].value);
    return true;
  }
  if (node.is_scalar() && node.text == "quarantine") {
    parts.otherwise = Else::quarantine;
    return true;
  }
  if (node.is_scalar() && node.text == "leave_empty") {
    parts.otherwise = Else::value;
    return true;
  }
  problems.add("E1203", node, "`else` must be `quarantine`, `leave_empty` or {value: …}",
               "a value for everything else is written {value: other}");
  return false;
}

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  MapParts parts;
  parts.position = node.find("map")->position;
  auto of = read_expression(*node.find("map"), "`map`", problems);
  const Node* values = node.find("values");
  const bool has_pairs = values != nullptr && read_pairs(*values, parts, problems);
  const Node* otherwise = node.find("else");
  const bool has_else = otherwise == nullptr || read_else(*otherwise, parts, problems);
  if (!of || !has_pairs || !has_else) return nullptr;
  parts.of = std::move(*of);
  return std::make_shared<MapConstruct>(std::move(parts));
}

constexpr std::string_view k_documentation =
    R"(One value of the target for each value of the source. Keys compare as text
(`true` and `false` for booleans); `~` is NULL, as key and as value, and must be decided like every other value. `check` asks
the source for the distinct values and names those that are not listed. A value first seen during a run is held, unless
`else` says otherwise.

```yaml
status:
  map: i.status
  values: {0: no_product, 1: submitted, 2: approved, 4: shipped, ~: no_product}
  else: quarantine
```

`else: quarantine` holds rows with other values, NULL among them, and says that this is meant; `else: leave_empty`
makes the column NULL; `else: {value: other}` gives all of them one value.)";

}  // namespace

const ConstructKind& map_construct() {
  static const ConstructKind kind{
      "map",
      k_documentation,
      {{"map", FieldKind::expression, "What is looked up", true},
       {"values", FieldKind::other, "value of the source → value of the target; `~` is NULL", true},
       {"else", FieldKind::other,
        "`quarantine`, `leave_empty` or `{value: …}` for values that are not listed"}},
      parse};
  return kind;
}

}  // namespace rehome::mapping
