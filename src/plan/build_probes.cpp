// What one statement can ask of staged rows before they are inserted, and which unique values two
// source rows share.
#include <fmt/format.h>

#include <algorithm>

#include "plan/build_entity.h"

namespace rehome::plan {

namespace {

std::vector<base::Position> positions_of(const Entity& entity,
                                         const std::vector<std::string>& columns) {
  std::vector<base::Position> positions;
  for (const std::string& each : columns) {
    if (const Column* column = entity.find_column(each)) positions.push_back(column->position);
  }
  return positions;
}

bool all_mapped(const Entity& entity, const std::vector<std::string>& columns) {
  return !columns.empty() &&
         std::all_of(columns.begin(), columns.end(),
                     [&](const std::string& each) { return entity.find_column(each) != nullptr; });
}

std::string staged_value(const Entity& entity, const std::string& column) {
  for (const StagedColumn& each : entity.staged) {
    if (each.name != column) continue;
    return "s." + sql::quote_identifier(column) + each.cast;
  }
  return "NULL";
}

std::string equalities(const Entity& entity, const std::vector<std::string>& there,
                       const std::vector<std::string>& here, std::string_view alias) {
  std::vector<std::string> terms;
  for (std::size_t index = 0; index < there.size(); ++index) {
    terms.push_back(fmt::format("{} = {}", sql::qualified_column(alias, there[index]),
                                staged_value(entity, here[index])));
  }
  return sql::join(terms, " AND ");
}

std::string any_null(const std::vector<std::string>& columns) {
  std::vector<std::string> terms;
  for (const std::string& each : columns)
    terms.push_back("s." + sql::quote_identifier(each) + " IS NULL");
  return sql::join(terms, " OR ");
}

Probe foreign_key_probe(const Entity& entity, const catalog::Constraint& constraint) {
  const std::string exists =
      fmt::format("NOT EXISTS (SELECT 1 FROM {} AS r WHERE {})", constraint.references.text(),
                  equalities(entity, constraint.referenced_columns, constraint.columns, "r"));
  return {Probe::Kind::foreign_key,
          constraint.name,
          "23503",
          constraint.columns,
          fmt::format("NOT ({}) AND {}", any_null(constraint.columns), exists),
          positions_of(entity, constraint.columns)};
}

Probe unique_probe(const Entity& entity, const std::string& name,
                   const std::vector<std::string>& columns) {
  const std::string exists =
      fmt::format("EXISTS (SELECT 1 FROM {} AS r WHERE {})", entity.target_table.text(),
                  equalities(entity, columns, columns, "r"));
  return {Probe::Kind::unique,
          name,
          "23505",
          columns,
          fmt::format("NOT ({}) AND {}", any_null(columns), exists),
          positions_of(entity, columns)};
}

// A check constraint names its columns bare, so the staged row is given their names and types
// again.
Probe check_probe(const Entity& entity, const catalog::Constraint& constraint) {
  std::vector<std::string> values;
  for (const std::string& each : constraint.columns) {
    values.push_back(
        fmt::format("{} AS {}", staged_value(entity, each), sql::quote_identifier(each)));
  }
  std::string expression = constraint.definition;
  if (expression.starts_with("CHECK ")) expression.erase(0, 6);
  if (const auto end = expression.rfind(" NOT VALID"); end != std::string::npos)
    expression.erase(end);
  if (const auto end = expression.rfind(" NO INHERIT"); end != std::string::npos)
    expression.erase(end);
  return {Probe::Kind::check,
          constraint.name,
          "23514",
          constraint.columns,
          fmt::format("(SELECT NOT {} FROM (SELECT {}) AS c)", expression, sql::join(values, ", ")),
          positions_of(entity, constraint.columns)};
}

// The values of `columns` as the source computes them; nothing when one of them is made in flight.
std::optional<std::vector<sql::Fragment>> source_values(const Entity& entity,
                                                        const std::vector<std::string>& columns) {
  std::vector<sql::Fragment> values;
  for (const std::string& each : columns) {
    const Column* column = entity.find_column(each);
    if (column == nullptr || column->value.empty() || column->flight) return std::nullopt;
    values.push_back(column->value);
  }
  return values;
}

// True if the source's own constraints show that no two rows share these values.
bool proven_unique(const DraftEntity& drafted, const std::vector<std::string>& columns) {
  std::vector<std::string> source_columns;
  for (const std::string& each : columns) {
    for (const DraftColumn& column : drafted.columns) {
      if (column.target->name != each) continue;
      if (column.mapped == nullptr && !column.derivation.value.empty() && drafted.key.size() == 1)
        return true;
      if (column.mapped == nullptr || column.mapped->construct->name() != "sql") return false;
      const mapping::Expression& expression = *column.mapped->construct->expressions().front();
      const auto& parsed = expression.parsed;
      if (parsed.columns.size() != 1 || parsed.columns[0].qualifier != drafted.entity->alias.value)
        return false;
      const std::string plain = drafted.entity->alias.value + "." + parsed.columns[0].column;
      if (expression.text.value != plain) return false;
      source_columns.push_back(parsed.columns[0].column);
    }
  }
  return drafted.source->is_unique(source_columns);
}

void add_unique(const DraftEntity& drafted, const std::string& name,
                const std::vector<std::string>& columns, Entity& entity) {
  if (!all_mapped(entity, columns)) return;
  entity.probes.push_back(unique_probe(entity, name, columns));
  const auto values = source_values(entity, columns);
  if (!values || proven_unique(drafted, columns)) return;
  UniqueCheck check{name, columns, *values, mapping::Losers::hold,
                    entity.find_column(columns.back())->position};
  for (const std::string& each : columns) {
    check.losers = entity.find_column(each)->unique_losers.value_or(check.losers);
  }
  entity.unique_checks.push_back(std::move(check));
}

}  // namespace

void build_probes(const Draft&, const DraftEntity& drafted, Entity& entity) {
  for (const catalog::Constraint& each : drafted.target->constraints) {
    if (!all_mapped(entity, each.columns)) continue;
    if (each.kind == catalog::ConstraintKind::foreign_key) {
      entity.probes.push_back(foreign_key_probe(entity, each));
    } else if (each.kind == catalog::ConstraintKind::check) {
      entity.probes.push_back(check_probe(entity, each));
    }
  }
}

void build_unique_checks(const Draft&, const DraftEntity& drafted, Entity& entity) {
  for (const catalog::Index& each : drafted.target->indexes) {
    if (!each.unique || !each.valid || each.partial || each.has_expressions) continue;
    add_unique(drafted, each.name, each.columns, entity);
  }
}

}  // namespace rehome::plan
