// What adoption asks of the target: which rows were there before, and whose they are by a natural
// key.
#include <fmt/format.h>

#include "plan/statements.h"

namespace rehome::plan {

namespace {

std::vector<std::string> stored_columns(const Entity& entity,
                                        const std::vector<std::size_t>& columns) {
  std::vector<std::string> names;
  for (const std::size_t each : columns)
    names.push_back(sql::qualified_column("t", entity.columns[each].name));
  return names;
}

// False where there are none.
std::string all_present(const std::vector<std::string>& columns) {
  std::vector<std::string> terms;
  for (const std::string& each : columns) terms.push_back(each + " IS NOT NULL");
  return terms.empty() ? "false" : sql::join(terms, " AND ");
}

// `f` has the natural key of the staged row `s`.
std::string same_natural_key(const Entity& entity) {
  std::vector<std::string> terms;
  for (std::size_t index = 0; index < entity.adoption.by.size(); ++index) {
    const StagedColumn& staged = entity.staged[entity.adoption.by[index]];
    terms.push_back(fmt::format("f.by_{} = {}{}", index + 1,
                                sql::qualified_column("s", staged.staged_name), staged.cast));
  }
  return sql::join(terms, " AND ");
}

std::string matched(const Entity& entity, std::string_view found) {
  return fmt::format(
      "unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal\n"
      "JOIN {} AS f ON {}",
      found, same_natural_key(entity));
}

}  // namespace

std::string found_statement(const Entity& entity, std::string_view rows) {
  std::vector<std::string> selected;
  for (const TargetKeyColumn& each : entity.target_key) {
    selected.push_back(fmt::format("{} AS {}", sql::qualified_column("t", each.name),
                                   sql::quote_identifier("target_" + each.name)));
  }
  selected.push_back((entity.reads_back_row_hash ? "NULL::bigint" : row_hash_expression(entity)) +
                     " AS row_hash");
  const std::vector<std::string> legacy = stored_columns(entity, entity.legacy_columns);
  const std::string has_key = all_present(legacy);
  for (std::size_t part = 0; part < entity.key.size(); ++part) {
    const std::string owner =
        legacy.empty() ? "NULL::text"
                       : fmt::format("CASE WHEN {} THEN {}::text END", has_key, legacy[part]);
    selected.push_back(fmt::format("{} AS owner_{}", owner, part + 1));
  }
  const std::vector<std::string> natural = stored_columns(entity, entity.adoption.by);
  for (std::size_t index = 0; index < natural.size(); ++index)
    selected.push_back(fmt::format("{} AS by_{}", natural[index], index + 1));
  return fmt::format("SELECT {}\nFROM {}\nWHERE {} OR {}", sql::join(selected, ",\n  "), rows,
                     has_key, all_present(natural));
}

std::string match_staged_statement(const Entity& entity, std::string_view found) {
  std::vector<std::string> selected = {"s.ordinal"};
  std::vector<std::string> texts;
  for (const TargetKeyColumn& each : entity.target_key) {
    const std::string column = sql::qualified_column("f", "target_" + each.name);
    selected.push_back(fmt::format("{}::{}", column, each.type_text));
    texts.push_back(column + "::text");
  }
  selected.insert(selected.end(), texts.begin(), texts.end());
  for (std::size_t part = 0; part < entity.key.size(); ++part)
    selected.push_back(fmt::format("f.owner_{}", part + 1));
  return fmt::format("SELECT {}\nFROM {}\nORDER BY s.ordinal, {}", sql::join(selected, ", "),
                     matched(entity, found), sql::join(texts, ", "));
}

std::string claim_matches_statement(const Entity& entity, std::string_view found) {
  std::vector<std::string> values;
  std::vector<std::string> keys;
  for (const TargetKeyColumn& each : entity.target_key) {
    for (const StagedColumn& staged : entity.staged) {
      if (staged.name != each.name) continue;
      const std::string column = sql::quote_identifier("target_" + each.name);
      keys.push_back("f." + column);
      values.push_back(fmt::format("{} = claimed.{}::{}", sql::quote_identifier(staged.staged_name),
                                   column, staged.staged_type));
    }
  }
  std::vector<std::string> arrays = {"$1::integer[]"};
  std::vector<std::string> names = {"ordinal"};
  std::vector<std::string> owners;
  std::vector<std::string> free;
  for (std::size_t part = 1; part <= entity.key.size(); ++part) {
    arrays.push_back(fmt::format("${}::text[]", part + 1));
    names.push_back(fmt::format("k{}", part));
    owners.push_back(fmt::format("owner_{0} = w.k{0}", part));
    free.push_back(
        fmt::format("(f.owner_{0} IS NULL OR f.owner_{0} = w.k{0} COLLATE \"C\")", part));
  }
  return fmt::format(
      "WITH claimed AS (\n  UPDATE {} AS f SET {}\n  FROM unnest({}) AS w({}), pg_temp.staged AS "
      "s\n  WHERE s.ordinal = w.ordinal AND {} AND {} RETURNING s.ordinal, {})\n"
      "UPDATE pg_temp.staged AS s SET {}\nFROM claimed WHERE s.ordinal = claimed.ordinal RETURNING "
      "s.ordinal",
      found, sql::join(owners, ", "), sql::join(arrays, ", "), sql::join(names, ", "),
      same_natural_key(entity), sql::join(free, " AND "), sql::join(keys, ", "),
      sql::join(values, ", "));
}

}  // namespace rehome::plan
