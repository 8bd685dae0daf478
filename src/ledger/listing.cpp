#include "ledger/listing.h"

#include <fmt/format.h>

#include "base/ensure.h"
#include "ledger/key.h"
#include "ledger/schema.h"
#include "sql/identifier.h"

namespace rehome::ledger {

namespace {

constexpr int k_rows_at_once = 5000;

std::vector<std::string> columns_of(std::string_view alias, std::string_view prefix,
                                    const std::vector<std::string>& names) {
  std::vector<std::string> columns;
  for (const std::string& each : names)
    columns.push_back(sql::qualified_column(alias, std::string(prefix) + each));
  return columns;
}

std::string object_of(const std::vector<std::string>& names,
                      const std::vector<std::string>& columns) {
  std::vector<std::string> pairs;
  for (std::size_t part = 0; part < columns.size(); ++part)
    pairs.push_back(fmt::format("{}, {}::text", sql::quote_literal(names[part]), columns[part]));
  return "jsonb_build_object(" + sql::join(pairs, ", ") + ")::text";
}

std::string equal_texts(const std::vector<std::string>& left, const std::vector<std::string>& right,
                        std::string_view as) {
  std::vector<std::string> terms;
  for (std::size_t part = 0; part < left.size(); ++part)
    terms.push_back(fmt::format("{0}{2} = {1}{2}", left[part], right[part], as));
  return sql::join(terms, " AND ");
}

// legacy_key, target_key, and what they are ordered by, of all rows of a kind.
class Query {
 public:
  explicit Query(const EntityPlace& place)
      : place_(place),
        ledger_legacy_(columns_of("l", "legacy_", place.legacy_key)),
        stored_key_(columns_of("t", "", place.target_key)),
        stored_legacy_(columns_of("t", "", place.kept_in)),
        same_row_(equal_texts(stored_key_, columns_of("l", "target_", place.target_key), "")) {}

  std::string of(RowKind kind) const {
    switch (kind) {
      case RowKind::extra:
        return strays(false);
      case RowKind::not_adopted:
        return standing("held") + (place_.kept_in.empty() ? "" : "\nUNION ALL " + strays(true));
      case RowKind::gone:
        return standing("gone") + " AND l.removal IS NULL";
      case RowKind::lost:
        return lost();
    }
    return {};
  }

 private:
  // In the target with a legacy key, and no row of the ledger points there.
  std::string strays(bool known) const {
    const std::string of_target = object_of(place_.target_key, stored_key_);
    if (place_.kept_in.empty()) return "SELECT ''::text AS legacy, ''::text AS target WHERE false";
    std::vector<std::string> present;
    for (const std::string& each : stored_legacy_) present.push_back(each + " IS NOT NULL");
    // Whatever types the two sides keep the key in.
    return fmt::format(
        "SELECT {0} AS legacy, {1} AS target FROM {2} WHERE {3} AND NOT EXISTS (SELECT 1 FROM "
        "{4} AS l WHERE {5} AND {6}) AND {7}EXISTS (SELECT 1 FROM {4} AS l WHERE {8} AND {6})",
        object_of(place_.legacy_key, stored_legacy_), of_target, place_.rows(),
        sql::join(present, " AND "), place_.ledger_table, same_row_, is_not_deleted("l"),
        known ? "" : "NOT ", equal_texts(stored_legacy_, ledger_legacy_, "::text COLLATE \"C\""));
  }

  std::string standing(std::string_view state) const {
    return fmt::format(
        "SELECT {} AS legacy, {} AS target FROM {} AS l JOIN {} ON {} WHERE l.state = '{}'",
        object_of(place_.legacy_key, ledger_legacy_), object_of(place_.target_key, stored_key_),
        place_.ledger_table, place_.rows(), same_row_, state);
  }

  std::string lost() const {
    return fmt::format(
        "SELECT {} AS legacy, {} AS target FROM {} AS l WHERE l.state = 'here' AND NOT EXISTS "
        "(SELECT 1 FROM {} WHERE {})",
        object_of(place_.legacy_key, ledger_legacy_),
        object_of(place_.target_key, columns_of("l", "target_", place_.target_key)),
        place_.ledger_table, place_.rows(), same_row_);
  }

  const EntityPlace& place_;
  std::vector<std::string> ledger_legacy_;
  std::vector<std::string> stored_key_;
  std::vector<std::string> stored_legacy_;
  std::string same_row_;
};

}  // namespace

std::string EntityPlace::rows() const {
  if (answers_for.empty()) return target_table + " AS t";
  return fmt::format("(SELECT * FROM {} AS t WHERE {}) AS t", target_table, answers_for);
}

EntityPlace make_place(const plan::Plan& plan, const plan::Entity& entity) {
  EntityPlace place{entity.name, entity.target_table.text(), table_of(entity), {}, {},
                    {},          answers_for(plan, entity)};
  for (const auto& each : entity.key) place.legacy_key.push_back(each.name);
  for (const auto& each : entity.target_key) place.target_key.push_back(each.name);
  for (const std::size_t each : entity.legacy_columns)
    place.kept_in.push_back(entity.columns[each].name);
  return place;
}

std::optional<EntityPlace> read_place(pg::Connection& target, const std::string& entity) {
  const auto rows = target.query({"read entity",
                                  "SELECT target_table, ledger_table, legacy_key, target_key, "
                                  "kept_in, answers_for FROM rehome.entity "
                                  "WHERE entity = $1"},
                                 {entity});
  if (rows.count() == 0) return std::nullopt;
  return EntityPlace{entity,
                     std::string(rows.text(0, 0)),
                     std::string(rows.text(0, 1)),
                     parse_text_array(rows.text(0, 2)),
                     parse_text_array(rows.text(0, 3)),
                     parse_text_array(rows.text(0, 4)),
                     std::string(rows.text(0, 5))};
}

namespace {

std::string ordered(const EntityPlace& place, RowKind kind) {
  return fmt::format(
      "SELECT legacy, target FROM ({}) AS listed ORDER BY length(legacy), legacy COLLATE \"C\", "
      "target COLLATE \"C\"",
      Query(place).of(kind));
}

std::vector<NamedRow> read_rows(pg::Connection& target, const std::string& statement) {
  std::vector<NamedRow> named;
  const auto rows = target.execute({"list rows", statement});
  for (int row = 0; row < rows.count(); ++row)
    named.push_back({std::string(rows.text(row, 0)), std::string(rows.text(row, 1))});
  return named;
}

}  // namespace

std::vector<NamedRow> read_named(pg::Connection& target, const EntityPlace& place, RowKind kind,
                                 int most) {
  return read_rows(target, fmt::format("{} LIMIT {}", ordered(place, kind), most));
}

void read_named_in_groups(pg::Connection& target, const EntityPlace& place, RowKind kind,
                          const std::function<void(const std::vector<NamedRow>&)>& use) {
  target.begin({"list rows", "DECLARE listed NO SCROLL CURSOR FOR " + ordered(place, kind)}, "");
  try {
    while (true) {
      const auto rows = read_rows(target, fmt::format("FETCH {} FROM listed", k_rows_at_once));
      if (rows.empty()) break;
      use(rows);
    }
    target.execute({"end list", "CLOSE listed"});
    target.commit();
  } catch (...) {
    target.rollback();
    throw;
  }
}

std::int64_t count_named(pg::Connection& target, const EntityPlace& place, RowKind kind) {
  return target
      .execute(
          {"count rows", fmt::format("SELECT count(*) FROM ({}) AS listed", Query(place).of(kind))})
      .integer(0, 0);
}

}  // namespace rehome::ledger
