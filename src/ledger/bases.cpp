#include "ledger/bases.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "ledger/schema.h"
#include "plan/statements.h"
#include "sql/identifier.h"

namespace rehome::ledger {

namespace {

// One line for each column: by another formula, or of another type, it is another base.
std::vector<std::string> list_formulas(const plan::Entity& entity) {
  std::vector<std::string> formulas = plan::base_expressions(entity);
  const std::vector<std::size_t> columns = plan::base_columns(entity);
  for (std::size_t place = 0; place < columns.size(); ++place)
    formulas[place] += fmt::format(" of type {}", entity.columns[columns[place]].hash_type);
  return formulas;
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What the ledger's row `l` has of each column, or NULL.
std::string placed_anew(const std::vector<std::string>& before,
                        const std::vector<std::string>& now) {
  std::vector<std::string> bases;
  for (const std::string& each : now) {
    const auto found = std::find(before.begin(), before.end(), each);
    bases.push_back(found == before.end() ? "NULL"
                                          : fmt::format("l.base[{}]", found - before.begin() + 1));
  }
  return "ARRAY[" + sql::join(bases, ", ") + "]::integer[]";
}

}  // namespace

void follow_bases(pg::Connection& target, const plan::Entity& entity) {
  const std::string name = sql::quote_literal("base:" + entity.name);
  const auto known = target.execute(
      {"read base formulas", "SELECT value FROM rehome.setting WHERE name = " + name});
  const bool has_bases = known.count() == 1;
  const std::string forget = fmt::format("DELETE FROM rehome.setting WHERE name = {}", name);
  if (!plan::keeps_bases(entity)) {
    if (!has_bases) return;
    target.begin(
        {"forget bases", fmt::format("UPDATE {} SET base = NULL WHERE base IS NOT NULL;\n{}",
                                     table_of(entity), forget)},
        "");
    return target.commit();
  }
  const std::vector<std::string> formulas = list_formulas(entity);
  const std::string text = sql::join(formulas, "\n");
  if (has_bases && known.text(0, 0) == text) return;
  const std::string anew =
      has_bases ? placed_anew(split_lines(std::string(known.text(0, 0))), formulas) : "NULL";
  target.begin(
      {"make bases",
       fmt::format("UPDATE {0} AS l SET base = {1} WHERE base IS NOT NULL;\n"
                   "UPDATE {0} AS l SET base = {2} FROM {3} AS t WHERE {4} AND l.row_hash = {5};\n"
                   "{6};\nINSERT INTO rehome.setting VALUES ({7}, {8})",
                   table_of(entity), anew, plan::bases_expression(entity),
                   entity.target_table.text(), same_target_row(entity),
                   plan::row_hash_expression(entity), forget, name, sql::quote_literal(text))},
      "");
  target.commit();
}

}  // namespace rehome::ledger
