#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/amount.h"
#include "mapping/construct_registry.h"
#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Refuses `x.column` where x is neither in `visible` nor a name of the expression's own subqueries.
class QualifierCheck {
 public:
  QualifierCheck(std::vector<std::string> visible, std::vector<std::string> all, Problems& problems)
      : visible_(std::move(visible)), all_(std::move(all)), problems_(problems) {}

  void check(const Expression& expression) {
    for (const auto& column : expression.parsed.columns) check_column(expression, column);
    for (const auto& column : expression.parsed.subquery_columns) {
      if (!column.local) check_column(expression, column);
    }
  }

 private:
  void check_column(const Expression& expression, const sql::ColumnReference& column) {
    const std::string& name = column.qualifier;
    if (name.empty() || contains(visible_, name)) return;
    const base::Position at = expression.locate(column.offset);
    const int length = static_cast<int>(name.size());
    if (contains(all_, name)) {
      problems_.add("E1403", at, fmt::format("`{}` is joined further down", name),
                    "a join sees the driving row and the joins above it: change their order",
                    length);
      return;
    }
    problems_.add("E1403", at, fmt::format("no table goes by `{}` here", name),
                  suggest_name(name, visible_), length);
  }

  std::vector<std::string> visible_;
  std::vector<std::string> all_;
  Problems& problems_;
};

std::vector<std::string> aliases_of(const Entity& entity) {
  std::vector<std::string> aliases;
  if (!entity.alias.value.empty()) aliases.push_back(entity.alias.value);
  if (entity.each) aliases.push_back(entity.each->name.value);
  for (const Join& join : entity.joins) aliases.push_back(join.alias.value);
  return aliases;
}

void report_taken(const Text& name, std::string_view owner, Problems& problems) {
  problems.add("E1404", name.position, fmt::format("`{}` is {} already", name.value, owner),
               "give one of the two another name", static_cast<int>(name.value.size()));
}

// True if the expression speaks of what `each` gives.
bool names_each(const sql::ParsedExpression& parsed, const Each& each) {
  return std::any_of(parsed.columns.begin(), parsed.columns.end(), [&](const auto& column) {
    if (!column.qualifier.empty()) return column.qualifier == each.name.value;
    return column.column == each.name.value || (each.number && column.column == each.number->value);
  });
}

// Counting and cutting read the driving table alone, so its rows must be enough for `each`.
void check_each(const Entity& entity, Problems& problems) {
  if (!entity.each) return;
  const Each& each = *entity.each;
  if (each.name.value == entity.alias.value)
    report_taken(each.name, "the driving table's alias", problems);
  if (each.number && each.number->value == each.name.value)
    report_taken(*each.number, "a name of `each`", problems);
  QualifierCheck({entity.alias.value}, {}, problems).check(each.rows);
  const bool in_key = std::any_of(entity.key.begin(), entity.key.end(), [&](const KeyPart& part) {
    return names_each(part.source.parsed, each);
  });
  if (in_key || entity.key.empty()) return;
  problems.add("E1406", entity.key.front().source.text.position,
               fmt::format("the key does not speak of `{}`: the rows of one driving row would "
                           "share it",
                           each.name.value),
               fmt::format("add a part: [{}, {}]", entity.key.front().source.text.value,
                           each.number ? each.number->value : each.name.value));
}

void check_joins(const Entity& entity, const std::vector<std::string>& all, Problems& problems) {
  std::vector<std::string> visible;
  if (!entity.alias.value.empty()) visible.push_back(entity.alias.value);
  if (entity.each) visible.push_back(entity.each->name.value);
  for (const Join& join : entity.joins) {
    if (contains(visible, join.alias.value)) {
      const bool driving = join.alias.value == entity.alias.value;
      report_taken(join.alias, driving ? "the driving table's alias" : "a name of `each`",
                   problems);
    }
    visible.push_back(join.alias.value);
    QualifierCheck check(visible, all, problems);
    check.check(join.on);
    if (join.pick_order) check.check(*join.pick_order);
  }
}

void check_columns_once(const Entity& entity, Problems& problems) {
  std::map<std::string, int> lines;
  const auto note = [&](const Text& column) {
    const auto [same, is_new] = lines.try_emplace(column.value, column.position.line);
    if (is_new) return;
    problems.add(
        "E1404", column.position,
        fmt::format("column `{}` is filled twice: here and in line {}", column.value, same->second),
        "a key's column is filled by `key` already", static_cast<int>(column.value.size()));
  };
  for (const KeyPart& part : entity.key) {
    if (part.target_column) note(*part.target_column);
  }
  for (const Column& column : entity.columns) note(column.name);
}

std::vector<std::string> column_names(const Entity& entity) {
  std::vector<std::string> names;
  for (const Column& column : entity.columns) names.push_back(column.name.value);
  return names;
}

}  // namespace

void check_names(const Entity& entity, Problems& problems) {
  const std::vector<std::string> all = aliases_of(entity);
  check_each(entity, problems);
  check_joins(entity, all, problems);
  check_columns_once(entity, problems);
  if (entity.alias.value.empty()) return;  // reported; everything else would be noise
  QualifierCheck check(all, all, problems);
  for (const KeyPart& part : entity.key) check.check(part.source);
  if (entity.changed_at) check.check(entity.changed_at->source);
  for (const Predicate& predicate : entity.exclude) check.check(predicate.when);
  for (const Predicate& predicate : entity.refuse) check.check(predicate.when);
  for (const Column& column : entity.columns) {
    if (!column.construct || column.construct->needed_column()) continue;
    for (const Expression* expression : column.construct->expressions()) check.check(*expression);
  }
}

void check_names(const Entity& entity, const Expression& expression, Problems& problems) {
  const std::vector<std::string> all = aliases_of(entity);
  if (!entity.alias.value.empty()) QualifierCheck(all, all, problems).check(expression);
}

void resolve_same_as(Entity& entity, Problems& problems) {
  const auto report = [&](const Text& at, std::string message, std::string hint) {
    problems.add("E1402", at.position, std::move(message), std::move(hint),
                 static_cast<int>(at.value.size()));
  };
  for (Column& column : entity.columns) {
    const auto needed = column.construct ? column.construct->needed_column() : std::nullopt;
    if (!needed) continue;
    const Column* other = entity.find_column(needed->value);
    if (other == nullptr) {
      report(*needed,
             fmt::format("entity `{}` has no column `{}`", entity.name.value, needed->value),
             suggest_name(needed->value, column_names(entity)));
    } else if (other->construct && other->construct->needed_column()) {
      report(*needed, fmt::format("`{}` is itself the same as another column", needed->value),
             "name the column that has a value of its own");
    } else if (other->construct && other->construct->name() == "uuid") {
      report(*needed, "a uuid is made anew for each column",
             "use a trigger or a generated column for a second copy");
    } else if (other->construct) {
      column.construct = resolve_same_as(*column.construct, other->construct);
    }
  }
}

namespace {

class RefCheck {
 public:
  RefCheck(const std::vector<Entity>& entities, const std::vector<std::string>& names,
           Problems& problems)
      : entities_(entities), names_(names), problems_(problems) {}

  void check(const Construct& construct) {
    for (const Text& parent : construct.referenced_entities()) {
      if (contains(names_, parent.value)) continue;
      problems_.add("E1401", parent.position, fmt::format("there is no entity `{}`", parent.value),
                    suggest_name(parent.value, names_), static_cast<int>(parent.value.size()));
    }
  }

  // Only worth saying when everything else is right: a key that could not be read has too few
  // parts.
  void check_key_parts(const Construct& construct) {
    const auto ref = construct.derive({}).ref;
    if (!ref) return;
    for (const RefTarget& target : ref->targets) {
      const auto parent = std::find_if(entities_.begin(), entities_.end(), [&](const Entity& each) {
        return each.name.value == target.entity.value;
      });
      if (parent == entities_.end() || parent->key.size() == target.key.size()) continue;
      problems_.add("E1405", construct.position(),
                    fmt::format("the key of `{}` has {}, this ref gives {}", target.entity.value,
                                base::write_amount(static_cast<std::int64_t>(parent->key.size()),
                                                   "part", "parts"),
                                target.key.size()),
                    "write `key: [first, second]` with one expression per part");
    }
  }

 private:
  const std::vector<Entity>& entities_;
  const std::vector<std::string>& names_;
  Problems& problems_;
};

}  // namespace

void check_refs(const std::vector<Entity>& entities, const std::vector<std::string>& names,
                Problems& problems) {
  const bool all_read = !problems.any();
  RefCheck refs(entities, names, problems);
  for (const Entity& entity : entities) {
    for (const Column& column : entity.columns) {
      if (!column.construct || column.construct->needed_column()) continue;
      refs.check(*column.construct);
      if (all_read) refs.check_key_parts(*column.construct);
    }
  }
}

}  // namespace rehome::mapping
