// Do the names exist that expressions use, and do joins join?
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/suggestion.h"
#include "plan/draft.h"
#include "sql/condition.h"

namespace rehome::plan {

namespace {

// Their value changes while the row does not, so a change would never be found.
constexpr std::array k_unrepeatable = {"age",
                                       "clock_timestamp",
                                       "currval",
                                       "gen_random_uuid",
                                       "lastval",
                                       "localtimestamp",
                                       "nextval",
                                       "now",
                                       "pg_sleep",
                                       "random",
                                       "statement_timestamp",
                                       "timeofday",
                                       "transaction_timestamp",
                                       "txid_current",
                                       "uuid_generate_v1",
                                       "uuid_generate_v1mc",
                                       "uuid_generate_v4"};

class NameCheck {
 public:
  NameCheck(Draft& draft, const DraftEntity& entity)
      : draft_(draft), entity_(entity), visible_(visible_tables(entity)) {}

  void run() {
    for (const mapping::KeyPart& each : entity_.entity->key) check(each.source);
    for (const mapping::Predicate& each : entity_.entity->exclude) check(each.when);
    for (const mapping::Predicate& each : entity_.entity->refuse) check(each.when);
    for (const mapping::Column& column : entity_.entity->columns) {
      for (const mapping::Expression* each : column.construct->expressions()) check(*each);
    }
    for (const DraftJoin& each : entity_.joins) check_join(each);
  }

 private:
  void check(const mapping::Expression& expression) {
    for (const auto& column : expression.parsed.columns) check_column(expression, column);
    for (const auto& table : expression.parsed.tables) check_table(expression, table);
    check_repeatable(expression);
  }

  void check_column(const mapping::Expression& expression, const sql::ColumnReference& column) {
    if (column.qualifier.empty()) return check_bare(expression, column);
    const auto found = visible_.find(column.qualifier);
    if (found == visible_.end() || column.column == "*") return;  // the loader has said so
    if (found->second->find_column(column.column) != nullptr) return;
    error(expression, column, "E2103",
          fmt::format("no column {} in {}", column.column, found->second->name.text()),
          base::did_you_mean(column.column, found->second->column_names()));
  }

  void check_bare(const mapping::Expression& expression, const sql::ColumnReference& column) {
    std::vector<std::string> holders;
    for (const auto& [alias, table] : visible_) {
      if (table->find_column(column.column) != nullptr) holders.push_back(alias);
    }
    if (holders.size() == 1) return;
    if (holders.empty()) {
      const std::string hint =
          expression.parsed.bare_name
              ? fmt::format("for the constant write {{const: {}}}", expression.text.value)
              : base::did_you_mean(column.column, entity_.source->column_names());
      return error(expression, column, "E2103",
                   fmt::format("no column {} in {}", column.column, from_text()), hint);
    }
    error(expression, column, "E2104",
          fmt::format("{} could be a column of {}", column.column, sql::join(holders, " or ")),
          fmt::format("write {}.{}", holders.front(), column.column));
  }

  std::string from_text() const {
    std::vector<std::string> names;
    for (const auto& [alias, table] : visible_) names.push_back(table->name.name + " " + alias);
    return sql::join(names, ", ");
  }

  void check_table(const mapping::Expression& expression, const sql::TableReference& table) {
    const bool elsewhere = !table.schema.empty() && table.schema != draft_.source.schema;
    if (elsewhere || draft_.source.find_table(table.name) != nullptr) return;
    const auto at = sql::advance(expression.text.position, expression.text.value, table.offset);
    draft_.error(
        "E2101", at, static_cast<int>(table.name.size()),
        fmt::format("no table {} in schema {} of the source", table.name, draft_.source.schema),
        base::did_you_mean(table.name, draft_.source.table_names()));
  }

  void check_repeatable(const mapping::Expression& expression) {
    for (const auto& function : expression.parsed.functions) {
      const bool listed = std::find(k_unrepeatable.begin(), k_unrepeatable.end(), function.name) !=
                          k_unrepeatable.end();
      if (!listed) continue;
      const auto at =
          sql::advance(expression.text.position, expression.text.value, function.offset);
      draft_.error(
          "E2303", at, static_cast<int>(function.name.size()),
          fmt::format("{}() gives another value each time: a change could never be told from it",
                      function.name),
          "use a column of the row, or leave the column to the target's default");
    }
    if (!expression.parsed.clock_or_random) return;
    draft_.error(
        "E2303", expression.text,
        "the clock or the session decides this value: a change could never be told from it",
        "use a column of the row, or leave the column to the target's default");
  }

  void check_join(const DraftJoin& draft_join) {
    const mapping::Join& join = *draft_join.join;
    check(join.on);
    if (join.pick_order) check(*join.pick_order);
    if (!join.required) return;
    // LEFT JOIN drops no row, so a filter here would quietly turn into held rows that name the
    // wrong cause.
    for (const sql::Term& term : sql::parse_terms(join.on.text.value)) {
      const bool links =
          std::any_of(term.columns.begin(), term.columns.end(),
                      [&](const auto& each) { return each.qualifier == join.alias.value; }) &&
          std::any_of(term.columns.begin(), term.columns.end(),
                      [&](const auto& each) { return each.qualifier != join.alias.value; });
      if (links) continue;
      const auto at = sql::advance(join.on.text.position, join.on.text.value, term.offset);
      draft_.error(
          "E2304", at, 1,
          fmt::format("this part of join {} compares nothing with {}: it is a filter in disguise",
                      join.alias.value, join.alias.value),
          "say it in exclude: (left out, counted) or refuse: (held), or make the join optional");
    }
  }

  void error(const mapping::Expression& expression, const sql::ColumnReference& column,
             std::string code, std::string message, std::string hint) {
    const std::size_t length = column.qualifier.empty()
                                   ? column.column.size()
                                   : column.qualifier.size() + 1 + column.column.size();
    draft_.error(std::move(code),
                 sql::advance(expression.text.position, expression.text.value, column.offset),
                 static_cast<int>(length), std::move(message), std::move(hint));
  }

  Draft& draft_;
  const DraftEntity& entity_;
  std::map<std::string, const catalog::Table*> visible_;
};

}  // namespace

void check_names(Draft& draft) {
  for (const DraftEntity& each : draft.entities) NameCheck(draft, each).run();
}

bool proves_single(const mapping::Join& join, const catalog::Table& table) {
  std::vector<std::string> equal;
  for (const sql::Term& term : sql::parse_terms(join.on.text.value)) {
    for (const sql::ColumnReference& each : term.equal_columns) {
      if (each.qualifier == join.alias.value) equal.push_back(each.column);
    }
  }
  return table.is_unique(equal);
}

}  // namespace rehome::plan
