#include "ledger/batch.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/key.h"

namespace rehome::ledger {

namespace {

std::optional<std::string> array_of(const std::optional<plan::KeyText>& key) {
  if (!key) return std::nullopt;
  return text_array_literal(*key);
}

std::optional<std::string> listed_json(const plan::KeySet& keys) {
  if (!keys.listed) return std::nullopt;
  return nlohmann::json(keys.keys).dump();
}

constexpr std::string_view k_columns =
    "batch_id, token, after_key, upto_key, bucket, buckets, listed_keys, without_key";

Batch read_batch(const pg::Rows& rows, int row, int run_id, const std::string& entity,
                 std::int64_t worker_id) {
  Batch batch;
  batch.id = rows.integer(row, 0);
  batch.token = rows.integer(row, 1);
  batch.run_id = run_id;
  batch.entity = entity;
  batch.worker_id = worker_id;
  if (!rows.is_null(row, 2)) batch.keys.after = parse_text_array(rows.text(row, 2));
  if (!rows.is_null(row, 3)) batch.keys.upto = parse_text_array(rows.text(row, 3));
  batch.keys.bucket = static_cast<int>(rows.integer(row, 4));
  batch.keys.buckets = static_cast<int>(rows.integer(row, 5));
  if (!rows.is_null(row, 6)) {
    batch.keys.listed = true;
    batch.keys.keys = nlohmann::json::parse(rows.text(row, 6)).get<std::vector<plan::KeyText>>();
  }
  batch.keys.without_key = rows.boolean(row, 7);
  return batch;
}

Batch insert_leased(pg::Connection& target, const Batch& parent, const std::string& entity,
                    const plan::KeySet& keys) {
  const auto rows = target.query(
      {"add child batch",
       fmt::format("INSERT INTO rehome.batch (run_id, entity, after_key, upto_key, bucket, "
                   "buckets, listed_keys, state, token, worker_id, "
                   "parent_batch, leased_at) VALUES ($1::integer, $2, $3::text[], $4::text[], "
                   "$5::integer, $6::integer, $7::jsonb, "
                   "'leased', 1, $8::bigint, $9::bigint, clock_timestamp()) RETURNING {}",
                   k_columns)},
      {std::to_string(parent.run_id), entity, array_of(keys.after), array_of(keys.upto),
       std::to_string(keys.bucket), std::to_string(keys.buckets), listed_json(keys),
       std::to_string(parent.worker_id), std::to_string(parent.id)});
  return read_batch(rows, 0, parent.run_id, entity, parent.worker_id);
}

}  // namespace

BatchCounts& BatchCounts::operator+=(const BatchCounts& other) {
  source_rows += other.source_rows;
  unchanged += other.unchanged;
  inserted += other.inserted;
  updated += other.updated;
  adopted += other.adopted;
  kept += other.kept;
  held += other.held;
  gone += other.gone;
  deleted += other.deleted;
  marked += other.marked;
  bytes += other.bytes;
  for (const auto& [name, count] : other.excluded) excluded[name] += count;
  return *this;
}

void add_batches(pg::Connection& target, int run_id, const plan::Entity& entity,
                 const std::vector<plan::KeySet>& batches) {
  nlohmann::json list = nlohmann::json::array();
  for (const plan::KeySet& each : batches) {
    nlohmann::json item = {
        {"bucket", each.bucket}, {"buckets", each.buckets}, {"without_key", each.without_key}};
    if (each.after) item["after_key"] = text_array_literal(*each.after);
    if (each.upto) item["upto_key"] = text_array_literal(*each.upto);
    if (each.listed) item["listed_keys"] = each.keys;
    list.push_back(std::move(item));
  }
  target.query({"add batches",
                "INSERT INTO rehome.batch (run_id, entity, after_key, upto_key, bucket, buckets, "
                "listed_keys, without_key) "
                "SELECT $1::integer, $2, (b->>'after_key')::text[], (b->>'upto_key')::text[], "
                "(b->>'bucket')::integer, "
                "(b->>'buckets')::integer, b->'listed_keys', (b->>'without_key')::boolean FROM "
                "jsonb_array_elements($3::jsonb) "
                "WITH ORDINALITY AS e(b, n) ORDER BY n"},
               {std::to_string(run_id), entity.name, list.dump()});
}

std::optional<Batch> lease(pg::Connection& target, int run_id, const plan::Entity& entity,
                           std::int64_t worker_id, int spared) {
  const auto rows = target.query(
      {"lease batch",
       fmt::format("UPDATE rehome.batch SET state = 'leased', token = token + 1, "
                   "worker_id = $3::bigint, leased_at = clock_timestamp() "
                   "WHERE batch_id = (SELECT batch_id FROM rehome.batch WHERE "
                   "run_id = $1::integer AND entity = $2 AND state = 'waiting' "
                   "AND (SELECT count(*) FROM rehome.batch AS w WHERE w.run_id = $1::integer "
                   "AND w.entity = $2 AND w.state = 'waiting') > $4::bigint "
                   "ORDER BY batch_id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING {}",
                   k_columns)},
      {std::to_string(run_id), entity.name, std::to_string(worker_id), std::to_string(spared)});
  if (rows.count() == 0) return std::nullopt;
  return read_batch(rows, 0, run_id, entity.name, worker_id);
}

void lock_batch(pg::Connection& target, const Batch& batch) {
  const auto rows = target.query({"lock batch",
                                  "SELECT b.token = $2::bigint AND b.state = 'leased' AND NOT "
                                  "EXISTS (SELECT 1 FROM rehome.run AS r "
                                  "WHERE r.run_id > b.run_id) FROM rehome.batch AS b WHERE "
                                  "b.batch_id = $1::bigint FOR NO KEY UPDATE OF b"},
                                 {std::to_string(batch.id), std::to_string(batch.token)});
  if (rows.count() != 1 || !rows.boolean(0, 0)) throw LeaseLost();
}

Batch split_batch(pg::Connection& target, const Batch& batch, const plan::KeyText& upto) {
  plan::KeySet rest = batch.keys;
  rest.after = upto;
  Batch child = insert_leased(target, batch, batch.entity, rest);
  target.query({"end batch early",
                "UPDATE rehome.batch SET upto_key = $2::text[] WHERE batch_id = $1::bigint"},
               {std::to_string(batch.id), text_array_literal(upto)});
  return child;
}

Batch add_child(pg::Connection& target, const Batch& parent, const plan::KeySet& keys) {
  return insert_leased(target, parent, parent.entity, keys);
}

Batch add_child(pg::Connection& target, const Batch& parent, const plan::Entity& entity,
                const plan::KeySet& keys) {
  return insert_leased(target, parent, entity.name, keys);
}

void finish_batch(pg::Connection& target, const Batch& batch, const BatchCounts& counts) {
  target.query(
      {"finish batch",
       "UPDATE rehome.batch SET state = 'done', finished_at = clock_timestamp(), "
       "source_rows = $2::bigint, unchanged = $3::bigint, "
       "inserted = $4::bigint, kept = $5::bigint, held = $6::bigint, excluded = "
       "$7::jsonb, gone = $8::bigint, bytes = $9::bigint, updated = $10::bigint, adopted = "
       "$11::bigint, deleted = $12::bigint, marked = $13::bigint "
       "WHERE batch_id = $1::bigint"},
      {std::to_string(batch.id), std::to_string(counts.source_rows),
       std::to_string(counts.unchanged), std::to_string(counts.inserted),
       std::to_string(counts.kept), std::to_string(counts.held),
       nlohmann::json(counts.excluded).dump(), std::to_string(counts.gone),
       std::to_string(counts.bytes), std::to_string(counts.updated), std::to_string(counts.adopted),
       std::to_string(counts.deleted), std::to_string(counts.marked)});
}

std::map<std::string, BatchCounts> read_counts(pg::Connection& target, int run_id) {
  const auto rows = target.query(
      {"read batch counts",
       "SELECT entity, source_rows, unchanged, inserted, updated, coalesce(adopted, 0), "
       "kept, held, gone, coalesce(deleted, 0), coalesce(marked, 0), bytes, excluded "
       "FROM rehome.batch "
       "WHERE run_id = $1::integer AND state = 'done' ORDER BY batch_id"},
      {std::to_string(run_id)});
  std::map<std::string, BatchCounts> totals;
  for (int row = 0; row < rows.count(); ++row) {
    BatchCounts counts;
    std::int64_t* const fields[] = {&counts.source_rows, &counts.unchanged, &counts.inserted,
                                    &counts.updated,     &counts.adopted,   &counts.kept,
                                    &counts.held,        &counts.gone,      &counts.deleted,
                                    &counts.marked,      &counts.bytes};
    int column = 1;
    for (std::int64_t* const field : fields) *field = rows.integer(row, column++);
    if (!rows.is_null(row, column)) {
      counts.excluded =
          nlohmann::json::parse(rows.text(row, column)).get<std::map<std::string, std::int64_t>>();
    }
    totals[std::string(rows.text(row, 0))] += counts;
  }
  return totals;
}

}  // namespace rehome::ledger
