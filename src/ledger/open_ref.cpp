#include "ledger/open_ref.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/key.h"
#include "ledger/schema.h"
#include "ledger/undo.h"
#include "sql/identifier.h"

namespace rehome::ledger {

void note_open_refs(pg::Connection& target, const plan::Entity& entity, int run_id,
                    std::int64_t batch_id, const std::vector<OpenRef>& refs) {
  if (refs.empty()) return;
  nlohmann::json list = nlohmann::json::array();
  for (const OpenRef& each : refs) {
    list.push_back({{"legacy_key", nlohmann::json::parse(key_json(entity, each.key))},
                    {"column_name", each.column},
                    {"parent_entity", each.parent_entity},
                    {"parent_key", nlohmann::json::parse(each.parent_key_json)}});
  }
  target.query(
      {"note open refs",
       "INSERT INTO rehome.open_ref SELECT $1, legacy_key, column_name, parent_entity, parent_key, "
       "$2::integer, $3::bigint "
       "FROM jsonb_to_recordset($4::jsonb) AS r(legacy_key jsonb, column_name text, parent_entity "
       "text, parent_key jsonb) "
       "ON CONFLICT (entity, legacy_key, column_name) DO UPDATE SET parent_entity = "
       "excluded.parent_entity, "
       "parent_key = excluded.parent_key, run_id = excluded.run_id, batch_id = excluded.batch_id"},
      {entity.name, std::to_string(run_id), std::to_string(batch_id),
       list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)});
}

namespace {

// Open refs whose parent is here: legacy_key, parent_id.
std::string arrived_statement(const RefPath& path) {
  const ParentValue parent = parent_value(path.parent, path.target.column);
  return fmt::format(
      "SELECT o.legacy_key, {0} AS parent_id FROM {1} JOIN rehome.open_ref AS o ON {2} "
      "WHERE o.entity = {3} AND o.column_name = {4} AND o.parent_entity = {5} AND {6} "
      "AND {0} IS NOT NULL",
      parent.value, parent.from, key_matches(path.parent, "p", "o.parent_key"),
      sql::quote_literal(path.entity.name), sql::quote_literal(path.ref.column),
      sql::quote_literal(path.parent.name), has_target_row(path.parent, "p"));
}

// A FROM clause of the refs to be filled: what has arrived as `a`, the ledger's row as `l`, the
// target's as `t`. `only`: legacy keys (JSON), or all.
std::string fillable_rows(const RefPath& path, const OpenRefKeys& only) {
  std::string arrived = arrived_statement(path);
  if (only) {
    arrived += fmt::format(" AND o.legacy_key = ANY ({}::jsonb[])",
                           sql::quote_literal(text_array_literal(*only)));
  }
  const plan::Entity& entity = path.entity;
  return fmt::format(
      "({}) AS a JOIN {} AS l ON {} AND l.state = 'here'\nJOIN {} AS t ON {} AND t.{} IS NULL",
      arrived, table_of(entity), key_matches(entity, "l", "a.legacy_key"),
      entity.target_table.text(), same_target_row(entity), sql::quote_identifier(path.ref.column));
}

// Before they are looked at, so that what the application writes meanwhile is seen.
std::int64_t lock_rows(pg::Connection& target, const std::string& rows) {
  const std::string statement =
      fmt::format("SELECT count(*) FROM (SELECT 1 FROM {}\nFOR UPDATE OF t) AS locked", rows);
  return target.execute({"lock rows with open refs", statement}).integer(0, 0);
}

// Where edits are merged: the base of the column that is filled.
struct FilledBase {
  std::string read;
  std::string set;
};

FilledBase base_of(const RefPath& path) {
  if (!plan::keeps_bases(path.entity)) return {};
  const auto columns = plan::base_columns(path.entity);
  const auto found = std::find_if(columns.begin(), columns.end(), [&](std::size_t each) {
    return path.entity.columns[each].name == path.ref.column;
  });
  if (found == columns.end()) return {};
  const auto place = static_cast<std::size_t>(found - columns.begin());
  return {", " + plan::base_expressions(path.entity)[place] + " AS base",
          fmt::format(", base = CASE WHEN l.base IS NOT NULL THEN l.base[1:{}] || f.base || "
                      "l.base[{}:] END",
                      place, place + 2)};
}

// What this run has inserted goes whole when the run is taken back.
void keep_images_of(pg::Connection& target, const RefPath& path, int run_id,
                    const std::string& rows) {
  const std::string statement = keep_images_statement(
      path.entity, {run_id, 0}, "settle", "a.legacy_key",
      fmt::format("{}\nWHERE l.inserted_run IS DISTINCT FROM {}", rows, run_id));
  target.execute({"keep images of rows with open refs", statement});
}

}  // namespace

std::vector<std::string> read_fillable(pg::Connection& target, const RefPath& path) {
  const auto rows =
      target.execute({"read fillable refs", arrived_statement(path) + " ORDER BY o.legacy_key"});
  std::vector<std::string> keys;
  for (int row = 0; row < rows.count(); ++row) keys.emplace_back(rows.text(row, 0));
  return keys;
}

std::int64_t fill_open_refs(pg::Connection& target, const RefPath& path, int run_id,
                            const OpenRefKeys& only) {
  const plan::Entity& entity = path.entity;
  const std::string rows = fillable_rows(path, only);
  if (lock_rows(target, rows) == 0) return 0;
  keep_images_of(target, path, run_id, rows);
  const FilledBase filled = base_of(path);
  const std::string statement = fmt::format(
      "WITH fillable AS (SELECT a.*, l.row_hash = {0} AS as_left FROM {1}),\n"
      "filled AS (UPDATE {2} AS t SET {3} = a.parent_id FROM fillable AS a, {4} AS l WHERE {5} AND "
      "{6} RETURNING {7} AS legacy_key, {0} AS row_hash{12}, a.as_left),\n"
      "hashed AS (UPDATE {4} AS l SET row_hash = CASE WHEN f.as_left THEN f.row_hash ELSE "
      "l.row_hash END{13}, written_run = {8} FROM filled AS f WHERE {9} RETURNING 1),\n"
      "closed AS (DELETE FROM rehome.open_ref AS o USING filled AS f WHERE o.entity = {10} AND "
      "o.column_name = {11} AND o.legacy_key = f.legacy_key RETURNING 1)\n"
      "SELECT count(*) FROM closed",
      plan::row_hash_expression(entity), rows, entity.target_table.text(),
      sql::quote_identifier(path.ref.column), table_of(entity),
      key_matches(entity, "l", "a.legacy_key"), same_target_row(entity), key_object(entity, "l"),
      run_id, key_matches(entity, "l", "f.legacy_key"), sql::quote_literal(entity.name),
      sql::quote_literal(path.ref.column), filled.read, filled.set);
  return target.execute({"fill open refs", statement}).integer(0, 0);
}

}  // namespace rehome::ledger
