#include "drift.h"

#include <fmt/format.h>

#include <algorithm>

namespace dental {

Ids Picker::take(std::uint64_t count) {
  Ids ids;
  const std::uint64_t end = std::min(next_ + count, layout_.count(group_));
  for (; next_ < end; ++next_) {
    ids.push_back(layout_.id_of(group_, next_));
  }
  return ids;
}

std::int64_t Picker::any(std::uint64_t number) const {
  return layout_.id_of(group_, layout_.count(group_) - 1 - number % layout_.count(group_));
}

std::string join(const Ids& ids) {
  std::string list;
  for (const std::int64_t id : ids) {
    list += fmt::format("{}{}", list.empty() ? "" : ", ", id);
  }
  return list;
}

void Transaction::change(std::string_view table, std::string_view change, std::string_view column,
                         std::string_view statement) {
  body_ += fmt::format(
      "WITH changed AS (\n{} RETURNING id)\n"
      "INSERT INTO drift.log (step, table_name, id, change, column_name)\n"
      "SELECT {}, '{}', id, '{}', '{}' FROM changed ORDER BY id;\n",
      statement, number_, table, change, column);
}

void Transaction::update(std::string_view table, std::string_view column,
                         std::string_view assignments, const Ids& ids) {
  if (!ids.empty()) {
    change(table, "updated", column,
           fmt::format("UPDATE {} SET {}\nWHERE id IN ({})", table, assignments, join(ids)));
  }
}

void Transaction::remove(std::string_view table, const Ids& ids) {
  if (!ids.empty()) {
    change(table, "deleted", "", fmt::format("DELETE FROM {}\nWHERE id IN ({})", table, join(ids)));
  }
}

void Transaction::insert(std::string_view table, std::string_view columns, std::string_view values,
                         const std::vector<std::pair<std::int64_t, std::int64_t>>& id_and_model) {
  if (id_and_model.empty()) {
    return;
  }
  std::string pairs;
  for (const auto& [id, model] : id_and_model) {
    pairs += fmt::format("{}({}, {})", pairs.empty() ? "" : ", ", id, model);
  }
  change(table, "inserted", "",
         fmt::format("INSERT INTO {0} ({1})\nSELECT {2}\nFROM (VALUES {3}) AS v(id, model)\n"
                     "JOIN {0} m ON m.id = v.model ORDER BY v.id",
                     table, columns, values, pairs));
}

std::string set_sequence(std::string_view table) {
  return fmt::format(
      "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT max(id) FROM {0}))", table);
}

void Transaction::plain(std::string_view statement) { body_ += fmt::format("{};\n", statement); }

std::string Transaction::changes(std::string_view what) const {
  return fmt::format("BEGIN;\nINSERT INTO drift.step (number, what) VALUES ({}, '{}');\n{}",
                     number_, what, body_);
}

std::string Transaction::end() const {
  return fmt::format(
      "UPDATE drift.step SET ended_at = clock_timestamp() WHERE number = {};\nCOMMIT;\n", number_);
}

}  // namespace dental
