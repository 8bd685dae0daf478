#include "ledger/undo.h"

#include <fmt/format.h>

#include "base/ensure.h"
#include "ledger/key.h"
#include "ledger/schema.h"
#include "pg/binary.h"
#include "sql/identifier.h"

namespace rehome::ledger {

// jsonb_object(ARRAY['id', …], ARRAY[t.id::text, …])
std::string row_image(const plan::Entity& entity, std::string_view alias) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (const std::string& each : entity.stored_columns) {
    names.push_back(sql::quote_literal(each));
    values.push_back(sql::qualified_column(alias, each) + "::text");
  }
  return fmt::format("jsonb_object(ARRAY[{}]::text[], ARRAY[{}]::text[])", sql::join(names, ", "),
                     sql::join(values, ", "));
}

std::string keep_images_statement(const plan::Entity& entity, const BatchPlace& place,
                                  std::string_view kind, const std::string& legacy_key,
                                  const std::string& rows) {
  return fmt::format(
      "INSERT INTO rehome.undo (run_id, batch_id, entity, legacy_key, target_table, kind, image, "
      "ledger_row, open_refs)\nSELECT {0}, {1}, {2}, {3}, {4}, {5}, {6}, to_jsonb(l),\n  (SELECT "
      "jsonb_object_agg(o.column_name, jsonb_build_object('entity', o.parent_entity, 'key', "
      "o.parent_key)) FROM rehome.open_ref AS o WHERE o.entity = {2} AND o.legacy_key = {3})\nFROM "
      "{7}",
      place.run_id, place.batch_id, sql::quote_literal(entity.name), legacy_key,
      sql::quote_literal(entity.target_table.text()), sql::quote_literal(std::string(kind)),
      row_image(entity, "t"), rows);
}

void keep_images(pg::Connection& target, const plan::Entity& entity, const BatchPlace& place,
                 const std::string& kind, const std::vector<ImageKey>& rows) {
  if (rows.empty()) return;
  std::string wanted = "{";
  std::vector<plan::KeyText> keys;
  for (const ImageKey& each : rows) {
    wanted += (wanted.size() > 1 ? "," : "") + std::to_string(each.ordinal);
    keys.push_back(each.key);
  }
  wanted += "}";
  std::vector<std::string> arrays = {"$1::integer[]"};
  std::vector<std::string> names = {"ordinal"};
  std::vector<std::string> same;
  std::vector<std::string> object;
  const auto legacy = legacy_columns(entity, "l");
  for (std::size_t part = 0; part < legacy.size(); ++part) {
    arrays.push_back(fmt::format("${}::{}[]", part + 2, entity.key[part].type_text));
    names.push_back(fmt::format("k{}", part + 1));
    same.push_back(fmt::format("{} = n.{}", legacy[part], names.back()));
    object.push_back(
        fmt::format("{}, n.{}::text", sql::quote_literal(entity.key[part].name), names.back()));
  }
  const std::vector<std::string> columns = column_arrays(keys, entity.key.size());
  std::vector<pg::Parameter> parameters = {wanted};
  parameters.insert(parameters.end(), columns.begin(), columns.end());
  const std::string statement = keep_images_statement(
      entity, place, kind, "jsonb_build_object(" + sql::join(object, ", ") + ")",
      fmt::format("{} JOIN unnest({}) AS n({}) ON n.ordinal = s.ordinal LEFT JOIN {} AS l ON {}",
                  plan::staged_with_stored(entity), sql::join(arrays, ", "), sql::join(names, ", "),
                  table_of(entity), sql::join(same, " AND ")));
  const auto kept = target.query({"keep images", statement}, parameters);
  base::ensure(kept.affected() == static_cast<std::int64_t>(rows.size()),
               "a row that is to be written has no image");
}

void AdoptionNotes::clear() {
  bytes_.clear();
  count_ = 0;
  pg::RowWriter(bytes_).header();
}

void AdoptionNotes::add(const BatchPlace& place, const plan::KeyText& key,
                        const std::string& ledger_row) {
  pg::RowWriter writer(bytes_);
  writer.row(7);
  writer.int32(place.run_id);
  writer.int64(place.batch_id);
  writer.field(entity_.name);
  writer.jsonb(key_json(entity_, key));
  writer.field(entity_.target_table.text());
  writer.field("adopt");
  if (ledger_row.empty()) {
    writer.null();
  } else {
    writer.jsonb(ledger_row);
  }
  ++count_;
}

void AdoptionNotes::copy_to(pg::Connection& target) {
  if (count_ == 0) return;
  pg::RowWriter(bytes_).trailer();
  pg::CopyIn copy = target.copy_in(
      {"copy adoptions",
       "COPY rehome.undo (run_id, batch_id, entity, legacy_key, target_table, kind, ledger_row) "
       "FROM STDIN (FORMAT binary)"});
  copy.write(bytes_);
  const std::int64_t written = copy.finish();
  base::ensure(written == count_, "undo took another number of rows than it was sent");
}

}  // namespace rehome::ledger
