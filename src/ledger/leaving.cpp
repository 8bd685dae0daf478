#include "ledger/leaving.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ensure.h"
#include "ledger/account.h"
#include "ledger/key.h"
#include "ledger/listing.h"
#include "ledger/schema.h"
#include "sql/identifier.h"

namespace rehome::ledger {

namespace {

bool removes(const plan::Entity& entity) {
  return entity.removal.policy == mapping::DeletePolicy::remove;
}

std::string is_leaving(const plan::Entity& entity) {
  return "l.state = 'gone' AND " + points_at_row(entity, "l") +
         (removes(entity) ? "" : " AND l.removal IS NULL");
}

// The target's row `t` is not as the ledger's row `l` says that it was left.
std::string is_changed_by_others(const plan::Entity& entity) {
  std::string by_hash = "l.row_hash <> " + plan::row_hash_expression(entity);
  if (!plan::keeps_bases(entity)) return by_hash;
  return fmt::format("CASE WHEN l.base IS NULL THEN {} ELSE l.base IS DISTINCT FROM {} END",
                     by_hash, plan::bases_expression(entity));
}

// What others have changed, and may keep, was looked at before.
std::string unless_kept(const plan::Entity& entity) {
  if (entity.conflicts != mapping::Conflicts::target_wins) return "";
  return fmt::format(" AND NOT EXISTS (SELECT FROM {} AS t WHERE {} AND {})",
                     entity.target_table.text(), same_target_row(entity),
                     is_changed_by_others(entity));
}

std::string is_absent(const plan::Entity& entity) {
  const bool restores = entity.lost == mapping::Lost::restore;
  return fmt::format("{}{} AND NOT EXISTS (SELECT FROM {} AS t WHERE {})",
                     restores ? "" : "l.state = 'gone' AND ", points_at_row(entity, "l"),
                     entity.target_table.text(), same_target_row(entity));
}

// The ledger's row `l` is the leaving row `g`.
std::string same_key(const plan::Entity& entity) {
  std::vector<std::string> terms;
  for (const plan::KeyColumn& each : entity.key) {
    terms.push_back(fmt::format("{} = {}", sql::qualified_column("l", "legacy_" + each.name),
                                sql::qualified_column("g", "legacy_" + each.name)));
  }
  return sql::join(terms, " AND ");
}

std::string leaving_rows(const plan::Entity& entity) {
  return fmt::format("{} AS g JOIN {} AS l ON {}", plan::leaving_table(entity), table_of(entity),
                     same_key(entity));
}

std::string with_target_rows(const plan::Entity& entity) {
  return fmt::format("{} JOIN {} AS t ON {}", leaving_rows(entity), entity.target_table.text(),
                     same_target_row(entity));
}

std::string as_texts(const std::vector<std::string>& columns) {
  std::vector<std::string> texts;
  for (const std::string& each : columns) texts.push_back(each + "::text");
  return sql::join(texts, ", ");
}

plan::KeySet list(const std::vector<plan::KeyText>& keys) {
  plan::KeySet set;
  set.listed = true;
  set.keys = keys;
  return set;
}

std::string in_set(const plan::Entity& entity, const plan::KeySet& keys) {
  return plan::key_condition(legacy_columns(entity, "l"), entity.key, keys);
}

// As many rows in each range, in the order of the ledger's own index.
std::vector<plan::KeySet> cut_ledger(pg::Connection& target, const plan::Entity& entity,
                                     const std::string& condition) {
  const auto columns = legacy_columns(entity, "l");
  const auto rows = target.execute(
      {"cut ledger rows",
       fmt::format("SELECT {} FROM (SELECT l.*, row_number() OVER ({}) AS place, count(*) OVER () "
                   "AS places FROM {} AS l WHERE {}) AS l WHERE l.place % {} = 0 OR l.place = "
                   "l.places ORDER BY l.place",
                   as_texts(columns), plan::key_order(columns, entity.key).substr(1),
                   table_of(entity), condition, entity.batch_rows)});
  std::vector<plan::KeySet> ranges;
  for (int row = 0; row < rows.count(); ++row) {
    plan::KeySet range;
    if (!ranges.empty()) range.after = ranges.back().upto;
    range.upto = read_key(rows, row, columns.size());
    ranges.push_back(std::move(range));
  }
  return ranges;
}

// What the server says of a row that it refuses may hold the time: it makes nothing new.
constexpr std::string_view k_refused = "gone:refused";

// What quarantine says of rows that stay, by key as JSON.
std::unordered_map<std::string, std::string> read_said(pg::Connection& target,
                                                       const plan::Entity& entity,
                                                       const plan::KeySet& keys) {
  const auto rows = target.execute(
      {"read what is said of rows that stay",
       fmt::format(
           "SELECT {}, q.reason || E'\\n' || q.message || E'\\n' || CASE WHEN q.reason <> '{}' "
           "THEN coalesce(q.detail, '') ELSE '' END FROM {} AS l JOIN rehome.quarantine AS q ON "
           "q.entity = {} AND q.legacy_key = "
           "{} WHERE l.state = 'gone' AND l.refused_hash IS NOT NULL AND {}",
           as_texts(legacy_columns(entity, "l")), k_refused, table_of(entity),
           sql::quote_literal(entity.name), key_object(entity, "l"), in_set(entity, keys))});
  std::unordered_map<std::string, std::string> said;
  const std::size_t parts = entity.key.size();
  for (int row = 0; row < rows.count(); ++row) {
    said.emplace(key_json(entity, read_key(rows, row, parts)),
                 rows.text(row, static_cast<int>(parts)));
  }
  return said;
}

std::string say(const HeldRow& row) {
  return row.reason + "\n" + row.message + "\n" + (row.reason == k_refused ? "" : row.detail);
}

}  // namespace

LeavingCounts count_leaving(pg::Connection& target, const plan::Entity& entity) {
  LeavingCounts counts;
  counts.untried =
      target
          .execute(
              {"count leaving rows",
               fmt::format("SELECT count(*) FROM {} AS l WHERE {} AND l.refused_hash IS NULL AND "
                           "l.row_hash IS NOT NULL{}",
                           table_of(entity), is_leaving(entity), unless_kept(entity))})
          .integer(0, 0);
  if (counts.untried == 0) return counts;
  counts.placed =
      target
          .execute({"count placed rows", fmt::format("SELECT count(*) FROM {} AS l WHERE {}",
                                                     table_of(entity), points_at_row(entity, "l"))})
          .integer(0, 0);
  return counts;
}

std::vector<plan::KeySet> cut_leaving(pg::Connection& target, const plan::Entity& entity) {
  return cut_ledger(target, entity, is_leaving(entity));
}

std::vector<plan::KeyText> read_leaving(pg::Connection& target, const plan::Entity& entity,
                                        const plan::KeySet& keys) {
  const auto columns = legacy_columns(entity, "l");
  const auto rows =
      target.execute({"read leaving rows",
                      fmt::format("SELECT {} FROM {} AS l WHERE {} AND {}{}", as_texts(columns),
                                  table_of(entity), is_leaving(entity), in_set(entity, keys),
                                  plan::key_order(columns, entity.key))});
  std::vector<plan::KeyText> leaving;
  for (int row = 0; row < rows.count(); ++row)
    leaving.push_back(read_key(rows, row, columns.size()));
  return leaving;
}

void stage_leaving(pg::Connection& target, const plan::Entity& entity,
                   const std::vector<plan::KeyText>& keys) {
  target.execute(
      {"stage leaving rows",
       fmt::format("INSERT INTO {} SELECT {}, {} FROM {} AS l WHERE {} AND {}",
                   plan::leaving_table(entity), sql::join(legacy_columns(entity, "l"), ", "),
                   sql::join(target_columns(entity, "l"), ", "), table_of(entity),
                   is_leaving(entity), in_set(entity, list(keys)))});
}

std::int64_t stage_referrers(pg::Connection& target, const plan::Entity& parent,
                             const plan::Referrer& referrer, const plan::Entity& child) {
  std::vector<std::string> same_row;
  for (const plan::TargetKeyColumn& each : child.target_key) {
    same_row.push_back(fmt::format("{} = {}", sql::qualified_column("r", each.name),
                                   sql::qualified_column("l", "target_" + each.name)));
  }
  return target
      .execute(
          {"stage rows that refer to leaving rows",
           fmt::format(
               "INSERT INTO {0} SELECT DISTINCT {1}, {2} FROM {3} AS p JOIN {4} AS t ON {5} JOIN "
               "{6} AS r ON {7} JOIN {8} AS l ON {9} WHERE {10} AND NOT EXISTS (SELECT FROM {0} AS "
               "g WHERE {11})",
               plan::leaving_table(child), sql::join(legacy_columns(child, "l"), ", "),
               sql::join(target_columns(child, "l"), ", "), plan::leaving_table(parent),
               parent.target_table.text(), plan::same_leaving_row(parent, "t", "p"),
               child.target_table.text(), plan::refers(referrer, "r", "t"), table_of(child),
               sql::join(same_row, " AND "), is_leaving(child), same_key(child))})
      .affected();
}

void refuse_changed(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity) {
  target.execute(
      {"find vanished rows",
       fmt::format("UPDATE {} AS g SET refusal = {} WHERE NOT EXISTS (SELECT FROM {} WHERE {})",
                   plan::leaving_table(entity), k_vanished, make_place(plan, entity).rows(),
                   plan::same_leaving_row(entity, "t", "g"))});
  target.execute({"find rows never taken",
                  fmt::format("UPDATE {} AS g SET refusal = {} FROM {} AS l WHERE g.refusal IS "
                              "NULL AND {} AND l.row_hash IS NULL",
                              plan::leaving_table(entity), k_never_taken, table_of(entity),
                              same_key(entity))});
  if (entity.conflicts == mapping::Conflicts::source_wins) return;
  const int cause =
      entity.conflicts == mapping::Conflicts::target_wins ? k_kept_for_others : k_changed_by_others;
  target.execute(
      {"find rows changed by others",
       fmt::format("UPDATE {} AS g SET refusal = {} FROM {} AS l, {} AS t WHERE g.refusal IS NULL "
                   "AND {} AND {} AND {}",
                   plan::leaving_table(entity), cause, table_of(entity), entity.target_table.text(),
                   same_key(entity), same_target_row(entity), is_changed_by_others(entity))});
}

std::vector<Refusal> read_refusals(pg::Connection& target, const plan::Entity& entity) {
  const auto columns = legacy_columns(entity, "g");
  const auto rows =
      target.execute({"read refused rows",
                      fmt::format("SELECT {}, g.refusal FROM {} AS g WHERE g.refusal IS NOT NULL{}",
                                  as_texts(columns), plan::leaving_table(entity),
                                  plan::key_order(columns, entity.key))});
  std::vector<Refusal> refusals;
  for (int row = 0; row < rows.count(); ++row) {
    refusals.push_back({read_key(rows, row, columns.size()),
                        static_cast<int>(rows.integer(row, static_cast<int>(columns.size())))});
  }
  return refusals;
}

void clear_leaving(pg::Connection& target, const plan::Entity& entity) {
  target.execute({"clear leaving rows", "TRUNCATE " + plan::leaving_table(entity)});
}

std::int64_t keep_leaving_images(pg::Connection& target, const plan::Entity& entity,
                                 const BatchPlace& place) {
  const std::string statement = keep_images_statement(
      entity, place, removes(entity) ? "delete" : "mark", key_object(entity, "l"),
      with_target_rows(entity) + " WHERE g.refusal IS NULL");
  return target.execute({"keep images of leaving rows", statement}).affected();
}

void note_left(pg::Connection& target, const plan::Entity& entity, int run_id) {
  const std::string leaving = plan::leaving_table(entity) + " AS g";
  const std::string statement =
      removes(entity)
          ? fmt::format(
                "UPDATE {} AS l SET removal = 'deleted', refused_hash = NULL, written_run = "
                "{} FROM {}",
                table_of(entity), run_id, leaving)
          : fmt::format(
                "UPDATE {} AS l SET removal = 'marked', row_hash = {}{}, refused_hash = NULL, "
                "written_run = {} FROM {} JOIN {} AS t ON {}",
                table_of(entity), plan::row_hash_expression(entity),
                plan::keeps_bases(entity) ? ", base = " + plan::bases_expression(entity) : "",
                run_id, leaving, entity.target_table.text(),
                plan::same_leaving_row(entity, "t", "g"));
  target.execute(
      {"note rows that left",
       fmt::format("WITH changed AS ({} WHERE g.refusal IS NULL AND {} RETURNING {} AS "
                   "legacy_key){} {}",
                   statement, same_key(entity), key_object(entity, "l"),
                   removes(entity) ? ",\nclosed AS (" + close_open_refs(entity) + ")\n" : "",
                   leave_quarantine(entity))});
}

void note_staying(pg::Connection& target, const plan::Entity& entity, const BatchPlace& place,
                  std::vector<HeldRow> rows) {
  if (rows.empty()) return;
  std::vector<plan::KeyText> keys;
  for (const HeldRow& each : rows) keys.push_back(each.key);
  const auto said = read_said(target, entity, list(keys));
  const auto is_said = [&](const HeldRow& row) {
    const auto found = said.find(key_json(entity, row.key));
    return found != said.end() && found->second == say(row);
  };
  rows.erase(std::remove_if(rows.begin(), rows.end(), is_said), rows.end());
  if (rows.empty()) return;
  keys.clear();
  for (const HeldRow& each : rows) keys.push_back(each.key);
  const auto images =
      target.execute({"read images of rows that stay",
                      fmt::format("SELECT {}, {}::text FROM {} AS l JOIN {} AS t ON {} WHERE {}",
                                  as_texts(legacy_columns(entity, "l")), row_image(entity, "t"),
                                  table_of(entity), entity.target_table.text(),
                                  same_target_row(entity), in_set(entity, list(keys)))});
  std::unordered_map<std::string, std::string> image_of;
  for (int row = 0; row < images.count(); ++row) {
    image_of.emplace(key_json(entity, read_key(images, row, entity.key.size())),
                     images.text(row, static_cast<int>(entity.key.size())));
  }
  for (HeldRow& each : rows) each.image = image_of[key_json(entity, each.key)];
  hold_rows(target, entity, place.run_id, place.batch_id, rows);
  target.execute({"note rows that stay",
                  fmt::format("UPDATE {} AS l SET refused_hash = l.source_hash, written_run = {} "
                              "WHERE l.refused_hash IS NULL AND {}",
                              table_of(entity), place.run_id, in_set(entity, list(keys)))});
}

namespace {

void forget_staying_where(pg::Connection& target, const plan::Entity& entity,
                          const std::string& condition, std::string_view run) {
  target.execute(
      {"forget rows that stay",
       fmt::format("WITH changed AS (UPDATE {} AS l SET refused_hash = NULL{} WHERE l.state = "
                   "'gone' AND l.refused_hash IS NOT NULL AND {} RETURNING {} AS legacy_key) {}",
                   table_of(entity), run, condition, key_object(entity, "l"),
                   leave_quarantine(entity))});
}

}  // namespace

void forget_staying(pg::Connection& target, const plan::Entity& entity, int run_id,
                    const std::vector<plan::KeyText>& keys) {
  if (keys.empty()) return;
  forget_staying_where(target, entity, in_set(entity, list(keys)),
                       fmt::format(", written_run = {}", run_id));
}

void forget_all_staying(pg::Connection& target, const plan::Entity& entity) {
  forget_staying_where(target, entity, "true", "");
}

std::vector<plan::KeySet> cut_absent(pg::Connection& target, const plan::Plan& plan,
                                     const plan::Entity& entity) {
  if (entity.lost == mapping::Lost::restore && matches_target(target, plan, entity)) return {};
  return cut_ledger(target, entity, is_absent(entity));
}

void note_absent(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys,
                 int run_id) {
  const std::string statement = fmt::format(
      "WITH changed AS (UPDATE {} AS l SET state = 'gone', removal = 'deleted', refused_hash = "
      "NULL, written_run = {} WHERE {} AND {} RETURNING {} AS legacy_key),\nclosed AS ({})\n{}",
      table_of(entity), run_id, is_absent(entity), in_set(entity, keys), key_object(entity, "l"),
      close_open_refs(entity), leave_quarantine(entity));
  target.execute({"note absent rows", statement});
}

FormerKeys read_former_keys(pg::Connection& target, const plan::Entity& entity,
                            const plan::KeySet& keys) {
  const auto legacy = legacy_columns(entity, "l");
  const auto ids = target_columns(entity, "l");
  const std::string statement = fmt::format(
      "COPY (SELECT {}, {} FROM {} AS l WHERE l.state = 'gone' AND l.removal = 'deleted' AND {}) "
      "TO STDOUT (FORMAT binary)",
      sql::join(legacy, ", "), sql::join(ids, ", "), table_of(entity), in_set(entity, keys));
  FormerKeys former;
  pg::CopyOut copy = target.copy_out({"read former keys", statement});
  pg::RowReader reader;
  while (const auto message = copy.read()) {
    const auto fields = reader.read(*message);
    if (fields.empty()) continue;
    std::vector<std::string> id;
    for (const pg::Field& each : fields.subspan(legacy.size())) id.emplace_back(each.value());
    former.emplace(pack_key(fields.first(legacy.size())), std::move(id));
  }
  return former;
}

}  // namespace rehome::ledger
