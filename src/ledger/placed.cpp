#include "ledger/placed.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ensure.h"
#include "ledger/key.h"
#include "ledger/schema.h"
#include "sql/identifier.h"

namespace rehome::ledger {

namespace {

// unnest($1::integer[], …) AS n(k1, …), and the parameters for it.
struct Listed {
  std::string rows;
  std::string same_key;  // as the ledger's row l
  std::vector<std::string> arrays;

  Listed(const plan::Entity& entity, const std::vector<plan::KeyText>& keys)
      : arrays(column_arrays(keys, entity.key.size())) {
    const auto columns = legacy_columns(entity, "l");
    std::vector<std::string> same;
    for (std::size_t part = 0; part < columns.size(); ++part) {
      types_.push_back(fmt::format("${}::{}[]", part + 1, entity.key[part].type_text));
      names_.push_back(fmt::format("k{}", part + 1));
      same.push_back(fmt::format("{} = n.{}", columns[part], names_.back()));
    }
    same_key = sql::join(same, " AND ");
    name_rows();
  }

  Listed(const plan::Entity& entity, const std::vector<Version>& versions)
      : Listed(entity, keys_of(versions)) {
    std::string hashes = "{";
    for (const Version& each : versions)
      hashes += (hashes.size() > 1 ? "," : "") + std::to_string(each.source_hash);
    arrays.push_back(hashes + "}");
    types_.push_back(fmt::format("${}::bigint[]", arrays.size()));
    names_.emplace_back("source_hash");
    if (plan::keeps_bases(entity)) add_kept(versions);
    name_rows();
  }

  std::vector<pg::Parameter> parameters() const { return {arrays.begin(), arrays.end()}; }

 private:
  static std::vector<plan::KeyText> keys_of(const std::vector<Version>& versions) {
    std::vector<plan::KeyText> keys;
    for (const Version& each : versions) keys.push_back(each.key);
    return keys;
  }

  // As arrays that count from 1.
  void add_kept(const std::vector<Version>& versions) {
    std::string kept;
    for (const Version& each : versions) {
      std::vector<std::string> places;
      for (const std::size_t place : each.kept) places.push_back(std::to_string(place + 1));
      kept += fmt::format("{}\"{{{}}}\"", kept.empty() ? "" : ",", sql::join(places, ","));
    }
    arrays.push_back("{" + kept + "}");
    types_.push_back(fmt::format("${}::text[]", arrays.size()));
    names_.emplace_back("kept");
  }

  void name_rows() {
    rows = fmt::format("unnest({}) AS n({})", sql::join(types_, ", "), sql::join(names_, ", "));
  }

  std::vector<std::string> types_;
  std::vector<std::string> names_;
};

// A statement that ends in `SELECT count(*) FROM changed`.
bool changes_all(pg::Connection& target, const pg::Statement& statement, const Listed& listed,
                 std::size_t rows) {
  const auto changed = target.query(statement, listed.parameters());
  return changed.integer(0, 0) == static_cast<std::int64_t>(rows);
}

void expect_all(pg::Connection& target, const pg::Statement& statement, const Listed& listed,
                std::size_t rows) {
  base::ensure(changes_all(target, statement, listed, rows),
               "the ledger has another number of rows than were moved");
}

}  // namespace

Bases parse_bases(std::string_view text) {
  Bases bases;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    std::int32_t base = 0;
    const bool known = std::from_chars(text.data(), text.data() + end, base).ec == std::errc();
    bases.push_back(known ? std::optional(base) : std::nullopt);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return bases;
}

PlacedRows read_placed(pg::Connection& target, const plan::Entity& entity,
                       const plan::KeySet& keys) {
  const auto legacy = legacy_columns(entity, "l");
  const auto ids = target_columns(entity, "l");
  const std::string statement = fmt::format(
      "COPY (SELECT {}, {}, l.row_hash, l.refused_hash, {}, l.removal IS NOT NULL, l.source_hash, "
      "array_to_string(l.base, ',', ' ') FROM {} AS l "
      "WHERE l.state = 'here' AND "
      "{}) TO STDOUT (FORMAT binary)",
      sql::join(legacy, ", "), sql::join(ids, ", "), is_asked_again(entity, "l"), table_of(entity),
      plan::key_condition(legacy, entity.key, keys));
  PlacedRows placed;
  pg::CopyOut copy = target.copy_out({"read placed rows", statement});
  pg::RowReader reader;
  while (const auto message = copy.read()) {
    const auto fields = reader.read(*message);
    if (fields.empty()) continue;
    const auto facts = fields.subspan(legacy.size() + ids.size());
    Placed row;
    for (const pg::Field& each : fields.subspan(legacy.size(), ids.size()))
      row.target_key.emplace_back(each.value());
    if (facts[0]) row.row_hash = pg::read_int64(*facts[0]);
    if (facts[1]) row.refused_hash = pg::read_int64(*facts[1]);
    row.asked_again = pg::read_boolean(*facts[2]);
    row.marked = pg::read_boolean(*facts[3]);
    row.source_hash = pg::read_int64(*facts[4]);
    if (facts[5]) row.bases = parse_bases(*facts[5]);
    placed.emplace(pack_key(fields.first(legacy.size())), std::move(row));
  }
  return placed;
}

HeldBefore read_held_before(pg::Connection& target, const plan::Entity& entity,
                            const plan::KeySet& keys) {
  const auto legacy = legacy_columns(entity, "l");
  const auto ids = target_columns(entity, "l");
  const std::string statement = fmt::format(
      "COPY (SELECT {}, {}, l.source_hash, q.reason, coalesce(q.detail, ''), to_jsonb(l)::text "
      "FROM "
      "{} AS l JOIN rehome.quarantine AS q ON q.entity = {} AND "
      "q.legacy_key = {} WHERE l.state = 'held' AND {}) TO STDOUT (FORMAT binary)",
      sql::join(legacy, ", "), sql::join(ids, ", "), table_of(entity),
      sql::quote_literal(entity.name), key_object(entity, "l"),
      plan::key_condition(legacy, entity.key, keys));
  HeldBefore held;
  pg::CopyOut copy = target.copy_out({"read held rows", statement});
  pg::RowReader reader;
  while (const auto message = copy.read()) {
    const auto fields = reader.read(*message);
    if (fields.empty()) continue;
    HeldVersion version;
    for (const pg::Field& each : fields.subspan(legacy.size(), ids.size())) {
      if (each) version.target_key.emplace_back(*each);
    }
    const auto facts = fields.subspan(legacy.size() + ids.size());
    version.source_hash = pg::read_int64(*facts[0]);
    version.reason = *facts[1];
    version.detail = *facts[2];
    version.ledger_row = *facts[3];
    held.emplace(pack_key(fields.first(legacy.size())), std::move(version));
  }
  return held;
}

namespace {

// What a row is left as, in SET: a column in which an edit of others stays was left as it was
// before that.
std::string left_as(const plan::Entity& entity) {
  const std::string row_hash = plan::row_hash_expression(entity);
  if (!plan::keeps_bases(entity)) return "row_hash = " + row_hash;
  std::vector<std::string> bases;
  for (const std::string& each : plan::base_expressions(entity)) {
    bases.push_back(
        fmt::format("CASE WHEN {0} = ANY (n.kept::integer[]) THEN l.base[{0}] ELSE {1} END",
                    bases.size() + 1, each));
  }
  return fmt::format(
      "row_hash = CASE WHEN n.kept = '{{}}' THEN {} ELSE l.row_hash END, base = "
      "ARRAY[{}]::integer[]",
      row_hash, sql::join(bases, ", "));
}

}  // namespace

void note_current(pg::Connection& target, const plan::Entity& entity, int run_id,
                  const std::vector<Version>& rows) {
  if (rows.empty()) return;
  const Listed listed(entity, rows);
  const std::string statement = fmt::format(
      "WITH changed AS (UPDATE {} AS l SET source_hash = n.source_hash, {}, "
      "refused_hash = NULL, removal = NULL, written_run = {}\nFROM {}, {} AS t WHERE {} AND {} "
      "RETURNING {} AS "
      "legacy_key),\nreleased AS ({}),\nclosed AS ({})\nSELECT count(*) FROM changed",
      table_of(entity), left_as(entity), run_id, listed.rows, entity.target_table.text(),
      listed.same_key, same_target_row(entity), key_object(entity, "l"), leave_quarantine(entity),
      close_open_refs(entity));
  if (!changes_all(target, {"note current rows", statement}, listed, rows.size()))
    refuse_changed_key(entity);
}

void note_passed_over(pg::Connection& target, const plan::Entity& entity, int run_id,
                      const std::vector<Version>& rows) {
  if (rows.empty()) return;
  const Listed listed(entity, rows);
  const std::string statement = fmt::format(
      "WITH changed AS (UPDATE {} AS l SET source_hash = n.source_hash, refused_hash = NULL, "
      "removal = NULL, written_run = {}\nFROM {} WHERE {} RETURNING {} AS legacy_key),\nreleased "
      "AS ({})\nSELECT "
      "count(*) FROM changed",
      table_of(entity), run_id, listed.rows, listed.same_key, key_object(entity, "l"),
      leave_quarantine(entity));
  expect_all(target, {"note rows passed over", statement}, listed, rows.size());
}

void note_refused(pg::Connection& target, const plan::Entity& entity, int run_id,
                  const std::vector<Version>& rows) {
  if (rows.empty()) return;
  const Listed listed(entity, rows);
  const std::string statement = fmt::format(
      "WITH changed AS (UPDATE {} AS l SET refused_hash = n.source_hash, written_run = {}\nFROM {} "
      "WHERE {} RETURNING 1)\nSELECT count(*) FROM changed",
      table_of(entity), run_id, listed.rows, listed.same_key);
  expect_all(target, {"note refused rows", statement}, listed, rows.size());
}

void forget_refused(pg::Connection& target, const plan::Entity& entity, int run_id,
                    const plan::KeySet& keys) {
  const std::string statement = fmt::format(
      "WITH changed AS (UPDATE {} AS l SET refused_hash = NULL, written_run = {} WHERE {} "
      "RETURNING "
      "{} AS legacy_key) {}",
      table_of(entity), run_id, plan::key_condition(legacy_columns(entity, "l"), entity.key, keys),
      key_object(entity, "l"), leave_quarantine(entity));
  target.execute({"forget refused rows", statement});
}

}  // namespace rehome::ledger
