// What one statement can ask of staged rows before they are inserted.
#include <fmt/format.h>

#include <algorithm>

#include "base/ensure.h"
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

const StagedColumn& find_staged(const Entity& entity, const std::string& column) {
  const auto found = std::find_if(entity.staged.begin(), entity.staged.end(),
                                  [&](const StagedColumn& each) { return each.name == column; });
  base::ensure(found != entity.staged.end(), "a probe of a column that is not staged");
  return *found;
}

std::string staged_value(const Entity& entity, const std::string& column,
                         std::string_view alias = "s") {
  const StagedColumn& staged = find_staged(entity, column);
  return sql::qualified_column(alias, staged.staged_name) + staged.cast;
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

std::string any_null(const Entity& entity, const std::vector<std::string>& columns) {
  std::vector<std::string> terms;
  for (const std::string& each : columns) {
    terms.push_back(sql::qualified_column("s", find_staged(entity, each).staged_name) + " IS NULL");
  }
  return sql::join(terms, " OR ");
}

// A parent in the same table may be among the staged rows.
std::string absent_in_batch(const Entity& entity, const catalog::Constraint& constraint) {
  if (constraint.references != entity.target_table ||
      !all_mapped(entity, constraint.referenced_columns)) {
    return "";
  }
  std::vector<std::string> terms;
  for (std::size_t index = 0; index < constraint.columns.size(); ++index) {
    terms.push_back(fmt::format("{} = {}",
                                staged_value(entity, constraint.referenced_columns[index], "o"),
                                staged_value(entity, constraint.columns[index])));
  }
  return fmt::format(
      " AND NOT EXISTS (SELECT 1 FROM pg_temp.staged AS o WHERE o.refusal IS NULL AND {})",
      sql::join(terms, " AND "));
}

Probe foreign_key_probe(const Entity& entity, const catalog::Constraint& constraint) {
  const std::string exists =
      fmt::format("NOT EXISTS (SELECT 1 FROM {} AS r WHERE {})", constraint.references.text(),
                  equalities(entity, constraint.referenced_columns, constraint.columns, "r"));
  return {Probe::Kind::foreign_key,
          constraint.name,
          "23503",
          constraint.columns,
          fmt::format("NOT ({}) AND {}{}", any_null(entity, constraint.columns), exists,
                      absent_in_batch(entity, constraint)),
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
          fmt::format("NOT ({}) AND {}", any_null(entity, columns), exists),
          positions_of(entity, columns)};
}

// What stands after CHECK, without the words that may follow it.
std::string check_expression(std::string_view definition) {
  constexpr std::string_view k_check = "CHECK ";
  if (definition.starts_with(k_check)) definition.remove_prefix(k_check.size());
  for (const std::string_view last : {" NOT VALID", " NO INHERIT"}) {
    if (definition.ends_with(last)) definition.remove_suffix(last.size());
  }
  return std::string(definition);
}

// A check constraint names its columns bare, so the staged row is given their names and types
// again.
Probe check_probe(const Entity& entity, const catalog::Constraint& constraint) {
  std::vector<std::string> values;
  for (const std::string& each : constraint.columns) {
    values.push_back(
        fmt::format("{} AS {}", staged_value(entity, each), sql::quote_identifier(each)));
  }
  const std::string expression = check_expression(constraint.definition);
  return {Probe::Kind::check,
          constraint.name,
          "23514",
          constraint.columns,
          fmt::format("(SELECT NOT {} FROM (SELECT {}) AS c)", expression, sql::join(values, ", ")),
          positions_of(entity, constraint.columns)};
}

}  // namespace

void build_probes(const DraftEntity& drafted, Entity& entity) {
  for (const catalog::Constraint& each : drafted.target->constraints) {
    if (!all_mapped(entity, each.columns)) continue;
    if (each.kind == catalog::ConstraintKind::foreign_key) {
      entity.probes.push_back(foreign_key_probe(entity, each));
    } else if (each.kind == catalog::ConstraintKind::check) {
      entity.probes.push_back(check_probe(entity, each));
    }
  }
  for (const catalog::Index& each : drafted.target->indexes) {
    if (is_unique_key(each) && all_mapped(entity, each.columns)) {
      entity.probes.push_back(unique_probe(entity, each.name, each.columns));
    }
  }
}

bool is_unique_key(const catalog::Index& index) {
  return index.unique && index.valid && !index.partial && !index.has_expressions;
}

}  // namespace rehome::plan
