#include "ledger/quarantine.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "ledger/key.h"
#include "ledger/schema.h"

namespace rehome::ledger {

namespace {

using Json = nlohmann::json;

// Bytes that are no UTF-8 would make the whole batch fail; they become U+FFFD.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json to_json(const plan::Entity& entity, const HeldRow& row) {
  Json json = {{"legacy_key", Json::parse(key_json(entity, row.key))},
               {"reason", row.reason},
               {"message", row.message}};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  add("mapping_place", row.place);
  add("sqlstate", row.sqlstate);
  add("constraint_name", row.constraint);
  add("detail", row.detail);
  add("parent_entity", row.parent_entity);
  if (!row.parent_key_json.empty()) json["parent_key"] = Json::parse(row.parent_key_json);
  if (!row.image.empty()) json["image"] = row.image;
  return json;
}

}  // namespace

void hold_rows(pg::Connection& target, const plan::Entity& entity, int run_id,
               std::int64_t batch_id, const std::vector<HeldRow>& rows) {
  if (rows.empty()) return;
  Json list = Json::array();
  for (const HeldRow& each : rows) list.push_back(to_json(entity, each));
  target.query(
      {"hold rows",
       "INSERT INTO rehome.quarantine (entity, legacy_key, reason, message, mapping_place, "
       "sqlstate, constraint_name, detail, parent_entity, "
       "parent_key, image, run_id, batch_id) SELECT $1, legacy_key, reason, message, "
       "mapping_place, sqlstate, constraint_name, detail, "
       "parent_entity, parent_key, image::jsonb, $2::integer, $3::bigint FROM "
       "jsonb_to_recordset($4::jsonb) AS r(legacy_key jsonb, reason text, "
       "message text, mapping_place text, sqlstate text, constraint_name text, detail text, "
       "parent_entity text, parent_key jsonb, image text) "
       "ON CONFLICT (entity, legacy_key) DO UPDATE SET reason = excluded.reason, message = "
       "excluded.message, "
       "mapping_place = excluded.mapping_place, sqlstate = excluded.sqlstate, constraint_name = "
       "excluded.constraint_name, "
       "detail = excluded.detail, parent_entity = excluded.parent_entity, parent_key = "
       "excluded.parent_key, image = excluded.image, "
       "run_id = excluded.run_id, batch_id = excluded.batch_id, held_at = excluded.held_at"},
      {entity.name, std::to_string(run_id), std::to_string(batch_id), dump(list)});
}

namespace {

std::string keyless_message(const plan::Entity& entity) {
  std::vector<std::string> parts;
  for (const plan::KeyColumn& each : entity.key) {
    if (each.nullable) parts.push_back(each.name);
  }
  return fmt::format("the row has no key: {} is NULL", sql::join(parts, " or "));
}

}  // namespace

void hold_keyless(pg::Connection& target, const plan::Entity& entity, const BatchPlace& place,
                  std::int64_t rows) {
  const std::string count = std::to_string(rows);
  target.query({"forget rows without key",
                "DELETE FROM rehome.quarantine WHERE entity = $1 AND reason = 'no_key' AND rows <> "
                "$2::bigint"},
               {entity.name, count});
  if (rows == 0) return;
  Json key = Json::object();
  for (const plan::KeyColumn& each : entity.key) key[each.name] = nullptr;
  target.query({"hold rows without key",
                "INSERT INTO rehome.quarantine (entity, reason, rows, legacy_key, message, "
                "mapping_place, run_id, batch_id) VALUES ($1, 'no_key', $2::bigint, $3::jsonb, $4, "
                "$5, $6::integer, $7::bigint) ON CONFLICT (entity, legacy_key) DO NOTHING"},
               {entity.name, count, key.dump(), keyless_message(entity),
                base::write_position(entity.key.front().position), std::to_string(place.run_id),
                std::to_string(place.batch_id)});
}

std::vector<plan::KeyText> read_waiting(pg::Connection& target, const plan::Entity& entity) {
  const auto rows = target.query(
      {"find waiting rows",
       fmt::format("SELECT q.legacy_key::text FROM rehome.quarantine AS q JOIN {} AS l ON {} WHERE "
                   "q.entity = $1 AND q.parent_entity IS NOT NULL AND l.state = 'held' ORDER BY "
                   "q.quarantine_id",
                   table_of(entity), key_matches(entity, "l", "q.legacy_key"))},
      {entity.name});
  std::vector<plan::KeyText> keys;
  for (int row = 0; row < rows.count(); ++row)
    keys.push_back(parse_key_json(entity, rows.text(row, 0)));
  return keys;
}

std::vector<plan::KeyText> read_released(pg::Connection& target, const plan::Entity& entity,
                                         const plan::Plan& plan) {
  std::set<std::string> parents;  // two refs may lead to one
  for (const plan::Ref& ref : entity.refs) {
    for (const plan::RefTarget& each : ref.targets) parents.insert(each.entity);
  }
  std::vector<plan::KeyText> released;
  for (const std::string& name : parents) {
    const plan::Entity& parent = *plan.find_entity(name);
    const auto rows =
        target.query({"find released rows",
                      fmt::format("SELECT q.legacy_key::text FROM rehome.quarantine AS q JOIN {} "
                                  "AS l ON {} WHERE q.entity = $1 AND q.parent_entity = $2 "
                                  "AND {} AND (q.reason <> 'parent_empty' OR "
                                  "l.written_run >= q.run_id) ORDER BY q.quarantine_id",
                                  table_of(parent), key_matches(parent, "l", "q.parent_key"),
                                  has_target_row(parent, "l"))},
                     {entity.name, parent.name});
    for (int row = 0; row < rows.count(); ++row)
      released.push_back(parse_key_json(entity, rows.text(row, 0)));
  }
  return released;
}

namespace {

std::vector<plan::KeyText> parse_keys(const plan::Entity& entity, const pg::Rows& rows) {
  std::vector<plan::KeyText> keys;
  for (int row = 0; row < rows.count(); ++row)
    keys.push_back(parse_key_json(entity, rows.text(row, 0)));
  return keys;
}

}  // namespace

std::vector<plan::KeyText> read_awaiting(pg::Connection& target, const plan::Entity& entity) {
  const auto rows = target.query(
      {"find rows that wait",
       "SELECT legacy_key::text FROM rehome.quarantine WHERE entity = $1 AND reason = 'differs' "
       "AND parent_entity IS NOT NULL ORDER BY quarantine_id"},
      {entity.name});
  return parse_keys(entity, rows);
}

std::vector<plan::KeyText> read_refused_unique(pg::Connection& target, const plan::Entity& entity) {
  const auto rows = target.query(
      {"find refused unique values",
       "SELECT q.legacy_key::text FROM rehome.quarantine AS q "
       "WHERE q.entity = $1 AND q.reason = 'refused' AND q.sqlstate IN ('23505', '23P01') "
       "AND EXISTS (SELECT 1 FROM rehome.batch AS b JOIN rehome.entity AS o ON o.entity = "
       "b.entity JOIN rehome.entity AS e ON e.target_table = o.target_table WHERE e.entity = $1 "
       "AND (b.updated > 0 OR b.deleted > 0 OR b.marked > 0) AND "
       "b.run_id > (SELECT coalesce(max(run_id), 0) FROM rehome.run WHERE state = 'done')) "
       "ORDER BY q.quarantine_id"},
      {entity.name});
  return parse_keys(entity, rows);
}

std::vector<HeldGroup> read_held_groups(pg::Connection& target, const std::string& entity) {
  const auto rows = target.query(
      {"read held rows",
       "SELECT entity, reason, message, coalesce(mapping_place, ''), coalesce(sqlstate, ''), "
       "coalesce(constraint_name, ''), "
       "coalesce(parent_entity, ''), sum(rows)::bigint, (array_agg(legacy_key ORDER BY "
       "quarantine_id))[1]::text FROM rehome.quarantine "
       "WHERE $1 = '' OR entity = $1 GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 8 DESC, 2, 3"},
      {entity});
  std::vector<HeldGroup> groups;
  for (int row = 0; row < rows.count(); ++row) {
    const auto text = [&](int column) { return std::string(rows.text(row, column)); };
    groups.push_back({text(0), text(1), text(2), text(3), text(4), text(5), text(6),
                      rows.integer(row, 7), text(8)});
  }
  return groups;
}

std::optional<HeldDetail> read_held(pg::Connection& target, const std::string& entity,
                                    const std::string& key) {
  const auto rows = target.query(
      {"read held row",
       "SELECT entity, legacy_key::text, reason, message, coalesce(mapping_place, ''), "
       "coalesce(sqlstate, ''), coalesce(constraint_name, ''), "
       "coalesce(detail, ''), coalesce(parent_entity, ''), coalesce(parent_key::text, ''), "
       "coalesce(image::text, ''), "
       "to_char(held_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), run_id, rows FROM "
       "rehome.quarantine "
       "WHERE entity = $1 AND (legacy_key = CASE WHEN $2 LIKE '{%' THEN $2::jsonb END "
       "OR (SELECT array_agg(value) FROM jsonb_each_text(legacy_key)) = ARRAY[$2]::text[])"},
      {entity, key});
  if (rows.count() == 0) return std::nullopt;
  const auto text = [&](int column) { return std::string(rows.text(0, column)); };
  return HeldDetail{text(0),
                    text(1),
                    text(2),
                    text(3),
                    text(4),
                    text(5),
                    text(6),
                    text(7),
                    text(8),
                    text(9),
                    text(10),
                    text(11),
                    static_cast<int>(rows.integer(0, 12)),
                    rows.integer(0, 13)};
}

}  // namespace rehome::ledger
