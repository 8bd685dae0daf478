// Do the names exist that expressions use, and do joins join?
#include <fmt/format.h>

#include <algorithm>

#include "base/suggestion.h"
#include "plan/draft.h"
#include "sql/condition.h"

namespace rehome::plan {

namespace {

// Their value changes while the row does not, so a change would never be found.
constexpr std::string_view k_unrepeatable =
    " age clock_timestamp current_setting currval gen_random_bytes gen_random_uuid lastval "
    "localtimestamp nextval now pg_backend_pid pg_sleep random random_normal setval "
    "statement_timestamp timeofday transaction_timestamp txid_current uuid_generate_v1 "
    "uuid_generate_v1mc uuid_generate_v4 uuidv4 uuidv7 ";

// True if the call whose name stands at `offset` has more than one argument.
bool has_arguments(std::string_view text, std::size_t offset) {
  int depth = 0;
  for (const char character : text.substr(std::min(offset, text.size()))) {
    if (character == '(') ++depth;
    if (character == ',' && depth == 1) return true;
    if (character == ')' && --depth == 0) return false;
  }
  return false;
}

bool is_unrepeatable(const sql::FunctionReference& function, std::string_view text) {
  // age(x) is the age today, age(x, y) lies between two columns.
  if (function.name == "age" && has_arguments(text, function.offset)) return false;
  return k_unrepeatable.find(" " + function.name + " ") != std::string_view::npos;
}

class NameCheck {
 public:
  NameCheck(Draft& draft, const DraftEntity& entity)
      : draft_(draft), entity_(entity), visible_(visible_tables(entity)) {}

  void run() {
    if (entity_.entity->each) check(entity_.entity->each->rows);
    for (const mapping::KeyPart& each : entity_.entity->key) check_key(each.source);
    if (entity_.entity->detect) check(entity_.entity->detect->updated_at);
    for (const mapping::Predicate& each : entity_.entity->exclude) check(each.when);
    for (const mapping::Predicate& each : entity_.entity->refuse) check(each.when);
    if (entity_.changed_at != nullptr) check(entity_.changed_at->source);
    for (const mapping::Column& column : entity_.entity->columns) {
      if (column.construct->needed_column()) continue;  // said where the other column stands
      for (const mapping::Expression* each : column.construct->expressions()) check(*each);
      for (const mapping::Text& each : column.construct->excepted_columns()) check_named(each);
    }
    for (const DraftJoin& each : entity_.joins) check_join(each);
  }

 private:
  void check(const mapping::Expression& expression) {
    for (const auto& column : expression.parsed.columns) check_column(expression, column);
    for (const auto& column : expression.parsed.subquery_columns) {
      if (!column.local && !column.qualifier.empty()) check_column(expression, column);
    }
    for (const auto& table : expression.parsed.tables) check_table(expression, table);
    check_repeatable(expression);
  }

  // Counting, cutting and imaging read the driving table alone.
  void check_key(const mapping::Expression& key) {
    check(key);
    const std::string& alias = entity_.entity->alias.value;
    const std::string part = entity_.each ? entity_.each->name.name : alias;
    for (const auto& column : key.parsed.columns) {
      const std::vector<std::string> aliases = aliases_of(visible_, column);
      if (aliases.size() != 1 || aliases.front() == alias || aliases.front() == part) continue;
      error(key, column, "E2204", "a key is part of the driving row, not of a row joined to it",
            fmt::format("use columns of {} only", alias));
    }
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
    const std::vector<std::string> holders = aliases_of(visible_, column);
    if (holders.size() == 1) return;
    if (holders.empty()) {
      const std::string hint =
          expression.parsed.bare_name
              ? fmt::format("for the constant write {{const: {}}}", expression.text.value)
              : base::did_you_mean(column.column, visible_columns());
      return error(expression, column, "E2103",
                   fmt::format("no column {} in {}", column.column, from_text()), hint);
    }
    error(expression, column, "E2104",
          fmt::format("{} could be a column of {}", column.column, sql::join(holders, " or ")),
          fmt::format("write {}", sql::qualified_column(holders.front(), column.column)));
  }

  // A column that was to be left out, and is not there under this name, would be kept.
  void check_named(const mapping::Text& name) {
    if (entity_.source->find_column(name.value) != nullptr) return;
    draft_.error("E2109", name,
                 fmt::format("no column {} in {}: nothing would be left out", name.value,
                             entity_.source->name.text()),
                 base::did_you_mean(name.value, entity_.source->column_names()));
  }

  std::vector<std::string> visible_columns() const {
    std::vector<std::string> names;
    for (const auto& [alias, table] : visible_) {
      for (const catalog::Column& each : table->columns) names.push_back(each.name);
    }
    return names;
  }

  std::string from_text() const {
    std::vector<std::string> names;
    for (const auto& [alias, table] : visible_) names.push_back(table->name.name + " " + alias);
    return sql::join(names, ", ");
  }

  void check_table(const mapping::Expression& expression, const sql::TableReference& table) {
    const bool elsewhere = !table.schema.empty() && table.schema != draft_.source.schema;
    if (elsewhere || draft_.source.find_table(table.name) != nullptr) return;
    draft_.error(
        "E2101", expression.locate(table.offset), static_cast<int>(table.name.size()),
        fmt::format("no table {} in schema {} of the source", table.name, draft_.source.schema),
        base::did_you_mean(table.name, draft_.source.table_names()));
  }

  void check_repeatable(const mapping::Expression& expression) {
    constexpr const char* k_hint = "use a column of the row, or leave it to the target's default";
    for (const auto& function : expression.parsed.functions) {
      if (!is_unrepeatable(function, expression.text.value)) continue;
      draft_.error(
          "E2303", expression.locate(function.offset), static_cast<int>(function.name.size()),
          fmt::format("{}() gives another value each time: a change could never be told from it",
                      function.name),
          k_hint);
    }
    if (!expression.parsed.clock_or_random) return;
    draft_.error(
        "E2303", expression.text,
        "the clock or the session decides this value: a change could never be told from it",
        k_hint);
  }

  void check_join(const DraftJoin& draft_join) {
    const mapping::Join& join = *draft_join.join;
    check(join.on);
    if (join.pick_order) check(*join.pick_order);
    if (!join.required) return;
    // LEFT JOIN drops no row, so a filter here would quietly turn into held rows that name the
    // wrong cause.
    for (const sql::Term& term : sql::parse_terms(join.on.text.value)) {
      if (links(term, join.alias.value)) continue;
      draft_.error(
          "E2304", join.on.locate(term.offset), 1,
          fmt::format("this part of join {} compares nothing with {}: it is a filter in disguise",
                      join.alias.value, join.alias.value),
          "say it in exclude: (left out, counted) or refuse: (held), or make the join optional");
    }
  }

  // True if the term speaks of the joined table and of another one.
  bool links(const sql::Term& term, const std::string& joined) const {
    bool here = false;
    bool elsewhere = false;
    for (const sql::ColumnReference& each : term.columns) {
      for (const std::string& alias : aliases_of(visible_, each)) {
        (alias == joined ? here : elsewhere) = true;
      }
    }
    return here && elsewhere;
  }

  void error(const mapping::Expression& expression, const sql::ColumnReference& column,
             std::string code, std::string message, std::string hint) {
    const std::size_t length = column.qualifier.empty()
                                   ? column.column.size()
                                   : column.qualifier.size() + 1 + column.column.size();
    draft_.error(std::move(code), expression.locate(column.offset), static_cast<int>(length),
                 std::move(message), std::move(hint));
  }

  Draft& draft_;
  const DraftEntity& entity_;
  VisibleTables visible_;
};

// The column of `alias` that a term compares with something that is not of `alias`.
const sql::ColumnReference* find_compared(const sql::Term& term, const std::string& alias) {
  const auto is_ours = [&](const sql::ColumnReference& each) { return each.qualifier == alias; };
  const bool single =
      std::count_if(term.columns.begin(), term.columns.end(),
                    [&](const auto& each) { return is_ours(each) || each.qualifier.empty(); }) == 1;
  const auto found = std::find_if(term.equal_columns.begin(), term.equal_columns.end(), is_ours);
  return single && found != term.equal_columns.end() ? &*found : nullptr;
}

}  // namespace

void check_names(Draft& draft) {
  for (const DraftEntity& each : draft.entities) NameCheck(draft, each).run();
}

bool proves_single(const mapping::Join& join, const catalog::Table& table) {
  std::vector<std::string> equal;
  for (const sql::Term& term : sql::parse_terms(join.on.text.value)) {
    if (const auto* each = find_compared(term, join.alias.value)) equal.push_back(each->column);
  }
  return table.is_unique(equal);
}

}  // namespace rehome::plan
