#include "ledger/loser.h"

#include <fmt/format.h>

#include "base/ensure.h"
#include "ledger/key.h"
#include "ledger/schema.h"
#include "sql/identifier.h"

namespace rehome::ledger {

namespace {

// unnest($2::text[], $3::integer[], …) AS n(constraint_name, k1, …) and its parameters.
struct Listed {
  std::string rows;
  std::string legacy_key;           // of a row n, as quarantine keeps it
  std::vector<std::string> values;  // of its parameters

  Listed(const plan::Entity& entity, const LoserKeys& losers) {
    base::ensure(losers.size() == entity.unique_checks.size(), "losers of other unique checks");
    std::vector<plan::KeyText> keys;
    std::string constraints = "{";
    for (std::size_t check = 0; check < losers.size(); ++check) {
      const std::string name = quote_array_element(entity.unique_checks[check].constraint);
      for (const std::string& packed : losers[check]) {
        constraints += (keys.empty() ? "" : ",") + name;
        keys.push_back(unpack_key(entity, packed));
      }
    }
    values = {entity.name, constraints + "}"};
    const auto columns = column_arrays(keys, entity.key.size());
    values.insert(values.end(), columns.begin(), columns.end());
    write(entity);
  }

  std::vector<pg::Parameter> parameters() const { return {values.begin(), values.end()}; }

 private:
  void write(const plan::Entity& entity) {
    std::vector<std::string> arrays = {"$2::text[]"};
    std::vector<std::string> names = {"constraint_name"};
    std::vector<std::string> object;
    for (std::size_t part = 0; part < entity.key.size(); ++part) {
      arrays.push_back(fmt::format("${}::{}[]", part + 3, entity.key[part].type_text));
      names.push_back(fmt::format("k{}", part + 1));
      object.push_back(
          fmt::format("{}, n.{}::text", sql::quote_literal(entity.key[part].name), names.back()));
    }
    rows = fmt::format(
        "SELECT n.constraint_name, jsonb_build_object({}) AS legacy_key FROM unnest({}) AS n({})",
        sql::join(object, ", "), sql::join(arrays, ", "), sql::join(names, ", "));
  }
};

}  // namespace

namespace {

// Of the unique checks whose losers leave the value empty.
std::string name_emptying(const plan::Entity& entity) {
  plan::KeyText names;
  for (const plan::UniqueCheck& each : entity.unique_checks)
    if (each.losers == mapping::Losers::leave_empty) names.push_back(each.constraint);
  return sql::quote_literal(text_array_literal(names));
}

}  // namespace

std::vector<plan::KeyText> read_turned(pg::Connection& target, const plan::Entity& entity,
                                       const LoserKeys& losers) {
  const Listed listed(entity, losers);
  const std::string statement = fmt::format(
      "WITH losing AS ({0}),\n"
      "noted AS (SELECT constraint_name, legacy_key FROM rehome.loser WHERE entity = $1),\n"
      "begun AS (TABLE losing EXCEPT TABLE noted),\n"
      "ended AS (TABLE noted EXCEPT TABLE losing),\n"
      "turned AS (SELECT *, false AS wins FROM begun UNION ALL SELECT *, true FROM ended)\n"
      "SELECT DISTINCT turned.legacy_key::text FROM turned JOIN {1} AS l ON {2}\n"
      "WHERE l.state <> 'gone' AND (turned.constraint_name = ANY ({3}::text[]) OR turned.wins AND "
      "(l.state = 'held' OR l.refused_hash IS NOT NULL)) ORDER BY 1",
      listed.rows, table_of(entity), key_matches(entity, "l", "turned.legacy_key"),
      name_emptying(entity));
  const auto rows = target.query({"read turned losers", statement}, listed.parameters());
  std::vector<plan::KeyText> keys;
  for (int row = 0; row < rows.count(); ++row)
    keys.push_back(parse_key_json(entity, rows.text(row, 0)));
  return keys;
}

void note_losers(pg::Connection& target, const plan::Entity& entity, const LoserKeys& losers) {
  const Listed listed(entity, losers);
  const std::string statement = fmt::format(
      "WITH losing AS ({}),\n"
      "ended AS (DELETE FROM rehome.loser AS o WHERE o.entity = $1 AND NOT EXISTS (SELECT 1 FROM "
      "losing AS n WHERE n.constraint_name = o.constraint_name AND n.legacy_key = o.legacy_key) "
      "AND NOT EXISTS (SELECT 1 FROM {} AS l WHERE {} AND l.state = 'gone'))\n"
      "INSERT INTO rehome.loser SELECT $1, constraint_name, legacy_key FROM losing ON CONFLICT DO "
      "NOTHING",
      listed.rows, table_of(entity), key_matches(entity, "l", "o.legacy_key"));
  target.query({"note losers", statement}, listed.parameters());
}

}  // namespace rehome::ledger
