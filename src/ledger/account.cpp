#include "ledger/account.h"

#include <fmt/format.h>

#include "ledger/listing.h"
#include "ledger/schema.h"
#include "sql/identifier.h"
#include "work/failpoint.h"

namespace rehome::ledger {

namespace {

struct KeySum {
  std::int64_t rows = 0;
  std::string hash;  // numeric text
};

// `columns`: of the target key, as they are in that table.
std::string key_hash_sum(const std::vector<std::string>& columns, std::string_view filter) {
  return fmt::format("coalesce(sum(hash_record_extended(ROW({}), 0)){}, 0)::text",
                     sql::join(columns, ", "), filter);
}

KeySum count_ledger(pg::Connection& target, const plan::Entity& entity, TargetCounts& counts) {
  const std::string placed = points_at_row(entity, "l");
  const auto rows = target.execute(
      {"account ledger",
       fmt::format(
           "SELECT count(*) FILTER (WHERE l.state = 'here'), count(*) FILTER (WHERE "
           "l.state = 'held'), count(*) FILTER (WHERE l.state = 'gone'), count(l.refused_hash), "
           "count(*) FILTER (WHERE l.state = 'gone' AND {0}), count(*) FILTER (WHERE l.state = "
           "'gone' AND {0} AND l.removal IS NOT NULL), {1} FROM {2} AS l",
           placed, key_hash_sum(target_columns(entity, "l"), " FILTER (WHERE " + placed + ")"),
           table_of(entity))});
  counts.here = rows.integer(0, 0);
  counts.held = rows.integer(0, 1);
  counts.gone = rows.integer(0, 2);
  counts.refused = rows.integer(0, 3);
  const std::int64_t standing = rows.integer(0, 4);
  counts.marked = rows.integer(0, 5);
  counts.gone_standing = standing - counts.marked;
  return {counts.here + standing, std::string(rows.text(0, 6))};
}

KeySum count_target(pg::Connection& target, const plan::Entity& entity, const EntityPlace& place,
                    TargetCounts& counts) {
  std::vector<std::string> key;
  for (const plan::TargetKeyColumn& each : entity.target_key)
    key.push_back(sql::qualified_column("t", each.name));
  const auto rows =
      target.execute({"account target", fmt::format("SELECT count(*), {} FROM {}",
                                                    key_hash_sum(key, ""), place.rows())});
  counts.target_rows = rows.integer(0, 0);
  return {counts.target_rows, std::string(rows.text(0, 1))};
}

std::string has_legacy_key(const plan::Entity& entity) {
  std::vector<std::string> present;
  for (const std::size_t each : entity.legacy_columns)
    present.push_back(sql::qualified_column("t", entity.columns[each].name) + " IS NOT NULL");
  return present.empty() ? "false" : sql::join(present, " AND ");
}

// One pass over both: rows of the ledger without target row, rows of the target without ledger row.
void join_both(pg::Connection& target, const plan::Entity& entity, const EntityPlace& place,
               TargetCounts& counts) {
  const std::string legacy = has_legacy_key(entity);
  const auto rows = target.execute(
      {"join ledger and target",
       fmt::format(
           "SELECT count(*) FILTER (WHERE l.state = 'gone' AND l.removal IS NULL AND t.{3} IS NOT "
           "NULL), count(*) FILTER (WHERE l.state = 'gone' AND l.removal = 'marked' AND t.{3} IS "
           "NOT NULL), count(*) FILTER (WHERE l.state = 'here' AND t.{3} IS NULL), "
           "count(*) FILTER (WHERE l.state = 'held' AND t.{3} IS NOT NULL), "
           "count(*) FILTER (WHERE l.state IS NULL AND {4}), count(*) FILTER (WHERE "
           "l.state IS NULL AND NOT ({4})) "
           "FROM (SELECT * FROM {0} AS l WHERE {5}) AS l FULL JOIN {1} ON {2}",
           table_of(entity), place.rows(), same_target_row(entity),
           sql::quote_identifier(entity.target_key.front().name), legacy, is_not_deleted("l"))});
  std::int64_t strays = 0;
  std::int64_t* const fields[] = {&counts.gone_standing, &counts.marked, &counts.lost,
                                  &counts.not_adopted,   &strays,        &counts.own};
  for (int field = 0; field < 6; ++field) *fields[field] = rows.integer(0, field);
  if (strays == 0) return;
  counts.extra = count_named(target, place, RowKind::extra);
  counts.not_adopted += strays - counts.extra;
}

// As many keys, and one sum of their hashes: the same keys. To join them costs five times as much.
bool have_same_keys(pg::Connection& target, const plan::Entity& entity, const EntityPlace& place,
                    TargetCounts& counts) {
  const KeySum here = count_ledger(target, entity, counts);
  const KeySum there = count_target(target, entity, place, counts);
  work::failpoint("target_counted");
  return here.rows == there.rows && here.hash == there.hash;
}

void count_images(pg::Connection& target, const plan::Entity& entity, int run_id,
                  TargetCounts& counts) {
  const auto rows = target.query(
      {"count images",
       "SELECT count(*) FILTER (WHERE kind = 'delete'), count(*) FILTER (WHERE kind = 'mark') "
       "FROM rehome.undo WHERE run_id = $1::integer AND entity = $2"},
      {std::to_string(run_id), entity.name});
  counts.delete_images = rows.integer(0, 0);
  counts.mark_images = rows.integer(0, 1);
}

}  // namespace

bool matches_target(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity) {
  TargetCounts counts;
  return have_same_keys(target, entity, make_place(plan, entity), counts);
}

TargetCounts read_target_counts(pg::Connection& target, const plan::Plan& plan,
                                const plan::Entity& entity, int run_id) {
  TargetCounts counts;
  const EntityPlace place = make_place(plan, entity);
  if (!have_same_keys(target, entity, place, counts)) join_both(target, entity, place, counts);
  count_images(target, entity, run_id, counts);
  const auto waiting =
      target.query({"count held and open",
                    fmt::format("SELECT (SELECT count(*) FROM rehome.open_ref AS o WHERE o.entity "
                                "= $1 AND NOT EXISTS (SELECT FROM {} AS l WHERE l.state = 'gone' "
                                "AND {} = o.legacy_key)), "
                                "count(*) FILTER (WHERE reason <> 'no_key'), "
                                "coalesce(sum(rows) FILTER (WHERE reason = 'no_key'), 0)::bigint "
                                "FROM rehome.quarantine WHERE entity = $1",
                                table_of(entity), key_object(entity, "l"))},
                   {entity.name});
  counts.open_refs = waiting.integer(0, 0);
  counts.quarantine = waiting.integer(0, 1);
  counts.keyless = waiting.integer(0, 2);
  return counts;
}

}  // namespace rehome::ledger
