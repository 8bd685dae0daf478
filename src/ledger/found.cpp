#include "ledger/found.h"

#include <fmt/format.h>

#include "ledger/key.h"
#include "ledger/listing.h"
#include "ledger/schema.h"
#include "sql/identifier.h"

namespace rehome::ledger {

namespace {

std::vector<std::string> numbered(std::string_view prefix, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t number = 1; number <= count; ++number)
    names.push_back(fmt::format("{}{}", prefix, number));
  return names;
}

std::vector<std::string> found_target_columns(const plan::Entity& entity) {
  std::vector<std::string> columns;
  for (const auto& each : entity.target_key)
    columns.push_back(sql::qualified_column("f", "target_" + each.name));
  return columns;
}

// The found row `f` is the one that the ledger's row `l` has.
std::string same_found_row(const plan::Entity& entity) {
  const auto found = found_target_columns(entity);
  const auto known = target_columns(entity, "l");
  std::vector<std::string> terms;
  for (std::size_t part = 0; part < found.size(); ++part)
    terms.push_back(fmt::format("{} = {}", found[part], known[part]));
  return sql::join(terms, " AND ");
}

// `rows`: those of the target that the entity answers for, as `t`.
std::string gather_statement(const plan::Entity& entity, const std::string& rows) {
  std::vector<std::string> selected = found_target_columns(entity);
  selected.emplace_back("f.row_hash");
  const auto legacy = legacy_columns(entity, "l");
  std::vector<std::string> others;
  for (std::size_t part = 0; part < legacy.size(); ++part) {
    const std::string owner = fmt::format("f.owner_{}", part + 1);
    selected.push_back(fmt::format("coalesce({}, {}::text) COLLATE \"C\" AS owner_{}", owner,
                                   legacy[part], part + 1));
    others.push_back(fmt::format("{} <> {}::text", owner, legacy[part]));
  }
  selected.push_back(fmt::format("coalesce({}, false) AS pointed_at", sql::join(others, " OR ")));
  for (const std::string& each : numbered("by_", entity.adoption.by.size()))
    selected.push_back("f." + each);
  return fmt::format(
      "CREATE UNLOGGED TABLE {} AS\nSELECT {}\nFROM ({}) AS f LEFT JOIN {} AS l ON {} AND {}\n"
      "WHERE l.state IS NULL OR NOT {}",
      found_table_of(entity), sql::join(selected, ", "), plan::found_statement(entity, rows),
      table_of(entity), same_found_row(entity), is_not_deleted("l"), claims_row("l"));
}

std::string has_natural_key(const plan::Entity& entity) {
  std::vector<std::string> terms;
  for (const std::string& each : numbered("by_", entity.adoption.by.size()))
    terms.push_back(each + " IS NOT NULL");
  return terms.empty() ? "false" : sql::join(terms, " AND ");
}

void index_found(pg::Connection& target, const plan::Entity& entity) {
  const std::string table = found_table_of(entity);
  std::string statement = fmt::format("CREATE INDEX ON {} ({})", table,
                                      sql::join(numbered("owner_", entity.key.size()), ", "));
  if (!entity.adoption.by.empty()) {
    statement += fmt::format("; CREATE INDEX ON {} ({})", table,
                             sql::join(numbered("by_", entity.adoption.by.size()), ", "));
  }
  target.execute({"index found rows", statement});
}

// Their statistics are not known: the index is used whatever the server would think of it.
std::string read_statement(const plan::Entity& entity) {
  std::vector<std::string> selected = {"n.number::integer", "f.row_hash", "f.pointed_at"};
  std::vector<std::string> texts;
  const auto columns = found_target_columns(entity);
  for (std::size_t part = 0; part < columns.size(); ++part) {
    selected.push_back(fmt::format("{}::{}", columns[part], entity.target_key[part].type_text));
    texts.push_back(columns[part] + "::text");
  }
  selected.push_back(fmt::format("concat_ws(' ', {})", sql::join(texts, ", ")));
  std::vector<std::string> arrays;
  std::vector<std::string> same;
  for (std::size_t part = 1; part <= entity.key.size(); ++part) {
    arrays.push_back(fmt::format("${}::text[]", part));
    same.push_back(fmt::format("f.owner_{0} = n.k{0} COLLATE \"C\"", part));
  }
  return fmt::format(
      "SELECT {}\nFROM unnest({}) WITH ORDINALITY AS n({}, number)\n"
      "CROSS JOIN LATERAL (SELECT * FROM {} AS f WHERE {} OFFSET 0) AS f",
      sql::join(selected, ", "), sql::join(arrays, ", "),
      sql::join(numbered("k", entity.key.size()), ", "), found_table_of(entity),
      sql::join(same, " AND "));
}

}  // namespace

std::string found_table_of(const plan::Entity& entity) {
  return "rehome." + sql::quote_identifier(bounded_name("found_" + entity.name));
}

FoundCounts gather_found(pg::Connection& target, const plan::Plan& plan,
                         const plan::Entity& entity) {
  drop_found(target, entity);
  const std::string there = make_place(plan, entity).rows();
  const bool any =
      target.execute({"look at target", fmt::format("SELECT EXISTS (SELECT 1 FROM {})", there)})
          .boolean(0, 0);
  if (!any) return {};
  target.execute({"gather found rows", gather_statement(entity, there)});
  const auto rows = target.execute(
      {"count found rows", fmt::format("SELECT count(*), count(*) FILTER (WHERE {}) FROM {}",
                                       has_natural_key(entity), found_table_of(entity))});
  const FoundCounts counts{rows.integer(0, 0), rows.integer(0, 1)};
  if (counts.rows == 0) {
    drop_found(target, entity);
  } else {
    index_found(target, entity);
  }
  return counts;
}

void drop_found(pg::Connection& target, const plan::Entity& entity) {
  target.execute({"drop found rows", "DROP TABLE IF EXISTS " + found_table_of(entity)});
}

std::vector<std::optional<Found>> read_found(pg::Connection& target, const plan::Entity& entity,
                                             const std::vector<plan::KeyText>& keys) {
  std::vector<std::optional<Found>> all(keys.size());
  if (keys.empty()) return all;
  const std::vector<std::string> arrays = column_arrays(keys, entity.key.size());
  const std::vector<pg::Parameter> parameters(arrays.begin(), arrays.end());
  const auto rows = target.query({"read found rows", read_statement(entity)}, parameters, true);
  const int parts = static_cast<int>(entity.target_key.size());
  for (int row = 0; row < rows.count(); ++row) {
    auto& found = all[static_cast<std::size_t>(pg::read_int32(rows.text(row, 0))) - 1];
    if (!found) {
      found.emplace();
      if (!rows.is_null(row, 1)) found->row_hash = pg::read_int64(rows.text(row, 1));
      found->pointed_at = pg::read_boolean(rows.text(row, 2));
      for (int part = 0; part < parts; ++part)
        found->target_key.emplace_back(rows.text(row, 3 + part));
    }
    found->texts.emplace_back(rows.text(row, 3 + parts));
  }
  return all;
}

void release_found(pg::Connection& target, const plan::Entity& entity,
                   const std::vector<plan::KeyText>& legacy_keys) {
  if (legacy_keys.empty()) return;
  const std::vector<std::string> arrays = column_arrays(legacy_keys, entity.key.size());
  const std::vector<pg::Parameter> parameters(arrays.begin(), arrays.end());
  std::vector<std::string> types;
  std::vector<std::string> cleared;
  std::vector<std::string> same = {same_found_row(entity)};
  for (std::size_t part = 1; part <= arrays.size(); ++part) {
    types.push_back(fmt::format("${}::text[]", part));
    same.push_back(fmt::format("f.owner_{0} = n.k{0} COLLATE \"C\"", part));
  }
  for (const auto& each : entity.target_key)
    cleared.push_back(sql::quote_identifier("target_" + each.name) + " = NULL");
  target.query({"release found rows",
                fmt::format("UPDATE {} AS l SET {}\nFROM {} AS f, unnest({}) AS n({})\n"
                            "WHERE {} AND {} AND NOT {}",
                            table_of(entity), sql::join(cleared, ", "), found_table_of(entity),
                            sql::join(types, ", "), sql::join(numbered("k", arrays.size()), ", "),
                            sql::join(same, " AND "), is_not_deleted("l"), claims_row("l"))},
               parameters);
}

}  // namespace rehome::ledger
