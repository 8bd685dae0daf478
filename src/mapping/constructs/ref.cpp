// `ref`: another entity's key, translated from its legacy key in flight.
#include <fmt/format.h>

#include <optional>
#include <set>

#include "mapping/construct_registry.h"
#include "mapping/reader.h"
#include "sql/identifier.h"

namespace rehome::mapping {

namespace {

// One line of `cases`: rows whose `by` has this value point into this entity.
struct Case {
  std::optional<std::string> value;  // nothing: NULL
  std::optional<Text> entity;        // nothing: the ref stays empty
};

struct RefParts {
  base::Position position;
  std::optional<Text> entity;    // one parent …
  std::optional<Expression> by;  // … or one per value of `by`
  std::vector<Case> cases;
  bool refuse_others = true;
  std::vector<Expression> key;
  Missing missing = Missing::quarantine;
  bool missing_written = false;
  std::optional<Text> column;
};

class RefConstruct final : public Construct {
 public:
  explicit RefConstruct(RefParts parts)
      : Construct("ref", parts.position), parts_(std::move(parts)) {}

  std::vector<const Expression*> expressions() const override {
    std::vector<const Expression*> all;
    if (parts_.by) all.push_back(&*parts_.by);
    for (const Expression& part : parts_.key) all.push_back(&part);
    return all;
  }

  std::vector<Text> referenced_entities() const override {
    if (parts_.entity) return {*parts_.entity};
    std::vector<Text> entities;
    for (const Case& each : parts_.cases) {
      if (each.entity) entities.push_back(*each.entity);
    }
    return entities;
  }

  Derivation derive(const DeriveContext& context) const override {
    RefDerivation ref;
    ref.missing = parts_.missing;
    ref.missing_written = parts_.missing_written;
    ref.column = parts_.column;
    Derivation derivation;
    if (parts_.entity) {
      RefTarget target{*parts_.entity, {}};
      for (const Expression& part : parts_.key) target.key.push_back(part.fragment());
      ref.targets.push_back(std::move(target));
    } else {
      ref.targets = targets_by_case();
      if (parts_.refuse_others) {
        derivation.refusals.push_back(
            {"ref", fmt::format("{} has no entity for this kind of row", context.column),
             not_a_case(), position()});
      }
    }
    derivation.ref = std::move(ref);
    return derivation;
  }

 private:
  // Cases that lead to the same entity share one target, so that at most one key is not NULL.
  std::vector<RefTarget> targets_by_case() const {
    std::vector<RefTarget> targets;
    std::set<std::string> done;
    for (const Case& each : parts_.cases) {
      if (!each.entity || !done.insert(each.entity->value).second) continue;
      const sql::Fragment when = is_case_of(each.entity->value);
      RefTarget target{*each.entity, {}};
      for (const Expression& part : parts_.key) {
        target.key.push_back(sql::Fragment("CASE WHEN ") + when + " THEN " + part.fragment() +
                             " END");
      }
      targets.push_back(std::move(target));
    }
    return targets;
  }

  sql::Fragment is_case_of(const std::string& entity) const {
    std::vector<sql::Fragment> alternatives;
    for (const Case& each : parts_.cases) {
      if (!each.entity || each.entity->value != entity) continue;
      alternatives.push_back(each.value ? parts_.by->fragment() +
                                              "::text = " + sql::quote_literal(*each.value)
                                        : parts_.by->fragment() + " IS NULL");
    }
    return sql::join(alternatives, " OR ");
  }

  sql::Fragment not_a_case() const {
    std::vector<std::string> listed;
    bool null_listed = false;
    for (const Case& each : parts_.cases) {
      if (each.value) {
        listed.push_back(sql::quote_literal(*each.value));
      } else {
        null_listed = true;
      }
    }
    if (listed.empty()) return parts_.by->fragment() + " IS NOT NULL";
    return sql::Fragment("NOT coalesce(") + parts_.by->fragment() + "::text IN (" +
           sql::join(listed, ", ") + "), " + (null_listed ? "true" : "false") + ")";
  }

  RefParts parts_;
};

const Shape& by_shape() {
  static const Shape shape{
      "`ref`",
      {{"by", FieldKind::expression, "What tells the kind of row the key belongs to", true},
       {"cases", FieldKind::other, "value of `by` → entity; `~` as entity leaves the ref empty",
        true},
       {"else",
        FieldKind::word,
        "Rows whose `by` is not listed",
        false,
        {"quarantine", "leave_empty"}}}};
  return shape;
}

void read_cases(const Node& node, RefParts& parts, Problems& problems) {
  if (!node.is_map() || node.members.empty()) {
    problems.add("E1202", node, "`cases` must be a map: value of `by` → entity",
                 "such as {11: patients, 58: profiles}");
    return;
  }
  for (const Member& member : node.members) {
    Case each;
    if (!member.key.is_null()) each.value = member.key.text;
    if (!member.value.is_null()) {
      each.entity = read_text(member.value, "an entity", problems);
      if (!each.entity) return;
    }
    parts.cases.push_back(std::move(each));
  }
}

void read_parents(const Node& node, RefParts& parts, Problems& problems) {
  if (!node.is_map()) {
    parts.entity = read_text(node, "`ref`", problems);
    return;
  }
  if (!check_members(node, by_shape(), problems)) return;
  if (const Node* by = node.find("by")) parts.by = read_expression(*by, "`by`", problems);
  if (const Node* cases = node.find("cases")) read_cases(*cases, parts, problems);
  if (const Node* otherwise = node.find("else")) {
    const auto word = read_word(*otherwise, field_of(by_shape(), "else"), {}, problems);
    parts.refuse_others = word != "leave_empty";
  }
}

void read_key(const Node& node, RefParts& parts, Problems& problems) {
  const auto read_part = [&](const Node& part) {
    if (auto expression = read_expression(part, "`key`", problems))
      parts.key.push_back(std::move(*expression));
  };
  if (!node.is_list()) return read_part(node);
  if (node.items.empty()) problems.add("E1202", node, "`key` must have at least one part");
  for (const Node& part : node.items) read_part(part);
}

std::vector<Field> fields() {
  return {{"ref", FieldKind::other, "The entity, or `{by, cases, else}`", true},
          {"key", FieldKind::other,
           "The legacy key: an expression, or a list for a key of several parts", true},
          {"missing",
           FieldKind::word,
           "When the parent is not there; default `quarantine`",
           false,
           {"quarantine", "leave_empty"}},
          {"column", FieldKind::name,
           "The column of the parent's table that the ref holds, when it is not the whole key"}};
}

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  static const Shape shape{"`ref`", fields()};
  Problems own;
  RefParts parts;
  parts.position = node.find("ref")->position;
  read_parents(*node.find("ref"), parts, own);
  if (const Node* key = node.find("key")) read_key(*key, parts, own);
  if (const Node* missing = node.find("missing")) {
    const auto word = read_word(*missing, field_of(shape, "missing"), {}, own);
    parts.missing_written = true;
    if (word == "leave_empty") parts.missing = Missing::leave_empty;
  }
  if (const Node* column = node.find("column")) parts.column = read_name(*column, "`column`", own);
  const bool complete = !own.any() && !parts.key.empty();
  for (base::Diagnostic& each : own.take()) problems.add(std::move(each));
  return complete ? std::make_shared<RefConstruct>(std::move(parts)) : nullptr;
}

constexpr std::string_view k_documentation =
    R"(A foreign key. `key` is the parent's *legacy* key; the row gets the parent's
*target* key. A NULL legacy key is a NULL ref. When the parent has not arrived, `missing: quarantine` holds the row until it
has; `missing: leave_empty` lets the row go with an empty ref, which is filled when the parent arrives. A ref to the entity
itself, or one that closes a cycle, always lets its row go: `check` warns when `missing: quarantine` is written at one. Where its
column is NOT NULL, the entities of the cycle form a [knot](#cycles-and-knots).

```yaml
patient_id: {ref: patients, key: i.patient_id}
office_id: {ref: offices, key: p.office_id, missing: leave_empty}
line_id: {ref: order_lines, key: [l.order_id, l.number]}
country_code: {ref: countries, key: a.country_id, column: code}
```

`column` names another column of the parent's table than its primary key: one with a unique index, or the one that the foreign
key points at. A parent whose key has several columns takes as many refs, one for each. The row gets the value that the parent has
when it is moved; where that is NULL, it waits for it like for a parent.

```yaml
order_number: {ref: order_lines, key: [l.order_id, l.number], column: order_number}
line_number: {ref: order_lines, key: [l.order_id, l.number], column: number}
```

Where one column of the source may point at several tables (a generic foreign key, as Django has them), `by` tells which;
`else` decides the rows of other kinds (default `quarantine`), NULL among them unless `~` is listed:

```yaml
recipient_id:
  ref: {by: r.target_type_id, cases: {11: patients, 58: profiles, 12: ~}, else: quarantine}
  key: r.target_id
```)";

}  // namespace

const ConstructKind& ref_construct() {
  static const ConstructKind kind{"ref", k_documentation, fields(), parse};
  return kind;
}

}  // namespace rehome::mapping
