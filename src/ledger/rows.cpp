#include "ledger/rows.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/ensure.h"
#include "ledger/key.h"
#include "ledger/schema.h"

namespace rehome::ledger {

namespace {

std::string quoted_list(const std::vector<std::string>& prefixed) {
  return sql::join(prefixed, ", ");
}

std::vector<std::string> bare_columns(const plan::Entity& entity) {
  std::vector<std::string> columns = {"source_hash", "row_hash"};
  if (plan::keeps_bases(entity)) columns.emplace_back("base");
  for (const auto& each : entity.target_key)
    columns.push_back(sql::quote_identifier("target_" + each.name));
  for (const auto& each : entity.key)
    columns.push_back(sql::quote_identifier("legacy_" + each.name));
  for (const char* each : {"state", "inserted_run", "written_run"}) columns.emplace_back(each);
  return columns;
}

std::string condition(const plan::Entity& entity, const plan::KeySet& keys) {
  return plan::key_condition(legacy_columns(entity, "l"), entity.key, keys);
}

State parse_state(std::string_view text) {
  if (text == "here") return State::here;
  return text == "held" ? State::held : State::gone;
}

}  // namespace

std::string pack_bases(const std::vector<std::int32_t>& bases) {
  constexpr std::uint32_t k_int4 = 23;
  std::vector<std::string> bytes(bases.size());
  for (std::size_t index = 0; index < bases.size(); ++index)
    pg::append_int32(bytes[index], bases[index]);
  std::string packed;
  pg::append_array(packed, k_int4, std::vector<pg::Field>(bytes.begin(), bytes.end()));
  return packed;
}

RowBuffer::RowBuffer(const plan::Entity& entity, int run_id) : entity_(entity), run_id_(run_id) {
  if (plan::keeps_bases(entity))
    no_bases_ = pack_bases(std::vector<std::int32_t>(plan::base_columns(entity).size()));
  clear();
}

void RowBuffer::clear() {
  bytes_.clear();
  unhashed_.clear();
  count_ = 0;
  pg::RowWriter(bytes_).header();
}

void RowBuffer::begin_row(std::int64_t source_hash) {
  pg::RowWriter writer(bytes_);
  const std::size_t hashes = no_bases_.empty() ? 2 : 3;
  writer.row(static_cast<int>(hashes + entity_.key.size() + entity_.target_key.size() + 3));
  writer.int64(source_hash);
}

void RowBuffer::add_row_hash(std::span<const pg::Field> target_key,
                             std::optional<std::int64_t> row_hash, std::string_view bases) {
  pg::RowWriter writer(bytes_);
  writer.int64(row_hash.value_or(0));
  if (!row_hash) unhashed_.emplace(pack_key(target_key), bytes_.size() - sizeof(std::int64_t));
  if (no_bases_.empty()) return;
  base::ensure(!row_hash || bases.size() == no_bases_.size(), "a row hash without its bases");
  writer.field(row_hash ? bases : no_bases_);
}

void RowBuffer::add_no_row_hash() {
  pg::RowWriter writer(bytes_);
  writer.null();
  if (!no_bases_.empty()) writer.null();
}

// From the target key on.
void RowBuffer::end_row(std::span<const pg::Field> legacy_key,
                        std::span<const pg::Field> target_key, std::string_view state,
                        bool inserted) {
  pg::RowWriter writer(bytes_);
  for (std::size_t part = 0; part < entity_.target_key.size(); ++part) {
    if (target_key.empty()) {
      writer.null();
    } else {
      writer.field(*target_key[part]);
    }
  }
  for (std::size_t part = 0; part < entity_.key.size(); ++part) writer.field(*legacy_key[part]);
  writer.field(state);
  if (inserted) {
    writer.int32(run_id_);
  } else {
    writer.null();
  }
  writer.int32(run_id_);
  ++count_;
}

void RowBuffer::add_here(std::span<const pg::Field> legacy_key,
                         std::span<const pg::Field> target_key, std::int64_t source_hash,
                         std::optional<std::int64_t> row_hash) {
  begin_row(source_hash);
  add_row_hash(target_key, row_hash, {});
  end_row(legacy_key, target_key, "here", true);
}

void RowBuffer::add_adopted(std::span<const pg::Field> legacy_key,
                            std::span<const pg::Field> target_key, std::int64_t source_hash,
                            std::optional<std::int64_t> row_hash,
                            const std::vector<std::int32_t>& bases) {
  begin_row(source_hash);
  add_row_hash(target_key, row_hash, pack_bases(bases));
  end_row(legacy_key, target_key, "here", false);
}

void RowBuffer::add_passed_over(std::span<const pg::Field> legacy_key,
                                std::span<const pg::Field> target_key, std::int64_t source_hash) {
  begin_row(source_hash);
  add_no_row_hash();
  end_row(legacy_key, target_key, "here", false);
}

void RowBuffer::add_held(std::span<const pg::Field> legacy_key,
                         std::span<const pg::Field> target_key, std::int64_t source_hash) {
  begin_row(source_hash);
  add_no_row_hash();
  end_row(legacy_key, target_key, "held", false);
}

void RowBuffer::set_row_hash(std::string_view target_key, std::int64_t row_hash,
                             std::string_view bases) {
  const auto found = unhashed_.find(std::string(target_key));
  if (found == unhashed_.end()) refuse_changed_key(entity_);
  std::string field;
  pg::RowWriter(field).int64(row_hash);
  bytes_.replace(found->second, sizeof(row_hash), field.substr(field.size() - sizeof(row_hash)));
  base::ensure(bases.size() == no_bases_.size(), "bases of another number of columns");
  const std::size_t length = sizeof(std::int32_t);
  if (!bases.empty())
    bytes_.replace(found->second + sizeof(row_hash) + length, bases.size(), bases);
  unhashed_.erase(found);
}

void RowBuffer::copy_to(pg::Connection& target) {
  if (count_ == 0) return;
  if (!unhashed_.empty()) refuse_changed_key(entity_);
  const std::string statement = fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)",
                                            table_of(entity_), quoted_list(bare_columns(entity_)));
  pg::RowWriter(bytes_).trailer();
  pg::CopyIn copy = target.copy_in({"copy ledger rows", statement});
  copy.write(bytes_);
  const std::int64_t written = copy.finish();
  base::ensure(written == count_, "the ledger took another number of rows than it was sent");
}

bool is_empty(pg::Connection& target, const plan::Entity& entity) {
  return target
      .execute(
          {"look at ledger", fmt::format("SELECT NOT EXISTS (SELECT 1 FROM {})", table_of(entity))})
      .boolean(0, 0);
}

Summary read_summary(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys) {
  const auto rows = target.execute(
      {"read ledger summary",
       fmt::format(
           "SELECT count(*) FILTER (WHERE state = 'here'), count(*) FILTER (WHERE state = 'held'), "
           "count(*) FILTER (WHERE state = 'gone'), count(refused_hash) FILTER (WHERE state = "
           "'here'), count(*) FILTER (WHERE {}), "
           "coalesce(sum(coalesce(refused_hash, source_hash)) FILTER (WHERE state <> 'gone'), "
           "0)::text FROM {} AS l WHERE {}",
           is_asked_again(entity, "l"), table_of(entity), condition(entity, keys))});
  return {rows.integer(0, 0), rows.integer(0, 1), rows.integer(0, 2),
          rows.integer(0, 3), rows.integer(0, 4), std::string(rows.text(0, 5))};
}

KnownRows read_known(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys) {
  const std::string statement = fmt::format(
      "COPY (SELECT {}, source_hash, state::text, CASE WHEN state <> 'gone' THEN refused_hash END, "
      "{}, row_hash IS NOT NULL, removal IS NOT NULL FROM {} AS l WHERE NOT (state = 'gone' AND "
      "({} "
      "IS NULL OR removal IS NOT DISTINCT FROM 'deleted')) AND {}) TO STDOUT (FORMAT binary)",
      quoted_list(legacy_columns(entity, "l")), is_asked_again(entity, "l"), table_of(entity),
      target_columns(entity, "l").front(), condition(entity, keys));
  KnownRows known;
  pg::CopyOut copy = target.copy_out({"read ledger rows", statement});
  pg::RowReader reader;
  const std::size_t parts = entity.key.size();
  while (const auto message = copy.read()) {
    const auto fields = reader.read(*message);
    if (fields.empty()) continue;
    Known row{pg::read_int64(*fields[parts]),
              parse_state(*fields[parts + 1]),
              std::nullopt,
              pg::read_boolean(*fields[parts + 3]),
              pg::read_boolean(*fields[parts + 4]),
              pg::read_boolean(*fields[parts + 5])};
    if (fields[parts + 2]) row.refused_hash = pg::read_int64(*fields[parts + 2]);
    known.emplace(pack_key(fields.first(parts)), row);
  }
  return known;
}

void forget_unplaced(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys) {
  target.execute(
      {"forget unplaced rows",
       fmt::format("WITH changed AS (DELETE FROM {} AS l WHERE l.state <> 'here' AND {} RETURNING "
                   "{} AS legacy_key),\nclosed AS ({})\n{}",
                   table_of(entity), condition(entity, keys), key_object(entity, "l"),
                   close_open_refs(entity), leave_quarantine(entity))});
}

void mark_gone(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys,
               int run_id) {
  const std::string is_absent = fmt::format(
      "{} IS NOT NULL AND NOT EXISTS (SELECT FROM {} AS t WHERE {})",
      target_columns(entity, "l").front(), entity.target_table.text(), same_target_row(entity));
  target.execute(
      {"mark gone rows",
       fmt::format(
           "WITH changed AS (UPDATE {} AS l SET state = 'gone', removal = CASE WHEN {} THEN "
           "'deleted' ELSE l.removal END, refused_hash = NULL, written_run = {} WHERE "
           "l.state <> 'gone' AND {} RETURNING {} AS legacy_key, l.removal),\nclosed AS ({} "
           "AND changed.removal = 'deleted')\n{}",
           table_of(entity), is_absent, run_id, condition(entity, keys), key_object(entity, "l"),
           close_open_refs(entity), leave_quarantine(entity))});
}

std::int64_t mark_back(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys,
                       int run_id) {
  return target
      .execute(
          {"mark rows that came back",
           fmt::format("WITH changed AS (UPDATE {} AS l SET state = 'here', refused_hash = NULL, "
                       "written_run = {} WHERE l.state = 'gone' AND {} IS NOT NULL AND {} "
                       "RETURNING {} AS legacy_key),\nfreed AS ({})\nSELECT count(*) FROM changed",
                       table_of(entity), run_id, target_columns(entity, "l").front(),
                       condition(entity, keys), key_object(entity, "l"), leave_quarantine(entity))})
      .integer(0, 0);
}

std::int64_t add_gone(pg::Connection& target, const plan::Entity& entity, int run_id,
                      const std::vector<StandingRow>& rows) {
  if (rows.empty()) return 0;
  std::vector<plan::KeyText> legacy;
  std::vector<plan::KeyText> ids;
  for (const StandingRow& each : rows) {
    legacy.push_back(each.legacy_key);
    ids.push_back(each.target_key);
  }
  plan::KeySet taken;
  taken.listed = true;
  taken.keys = legacy;
  const std::string newest =
      fmt::format("NOT EXISTS (SELECT 1 FROM rehome.run WHERE run_id > {})", run_id);
  target.execute({"forget deleted rows",
                  fmt::format("DELETE FROM {} AS l WHERE l.removal = 'deleted' AND {} AND {}",
                              table_of(entity), condition(entity, taken), newest)});
  std::vector<std::string> arrays = column_arrays(legacy, entity.key.size());
  for (std::string& each : column_arrays(ids, entity.target_key.size()))
    arrays.push_back(std::move(each));
  std::vector<std::string> columns;
  std::vector<std::string> types;
  for (const auto& each : entity.key) {
    columns.push_back(sql::quote_identifier("legacy_" + each.name));
    types.push_back(fmt::format("${}::{}[]", columns.size(), each.type_text));
  }
  for (const auto& each : entity.target_key) {
    columns.push_back(sql::quote_identifier("target_" + each.name));
    types.push_back(fmt::format("${}::{}[]", columns.size(), each.type_text));
  }
  const std::string statement = fmt::format(
      "INSERT INTO {} ({}, source_hash, state, written_run)\nSELECT n.*, 0, 'gone', {} FROM "
      "unnest({}) AS n WHERE {}\nON CONFLICT DO NOTHING",
      table_of(entity), sql::join(columns, ", "), run_id, sql::join(types, ", "), newest);
  const std::vector<pg::Parameter> parameters(arrays.begin(), arrays.end());
  return target.query({"note excluded rows", statement}, parameters).affected();
}

}  // namespace rehome::ledger
