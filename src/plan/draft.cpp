#include "plan/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/suggestion.h"

namespace rehome::plan {

void Draft::error(std::string code, const mapping::Text& at, std::string message,
                  std::string hint) {
  error(std::move(code), at.position, static_cast<int>(at.value.size()), std::move(message),
        std::move(hint));
}

void Draft::error(std::string code, const base::Position& at, int length, std::string message,
                  std::string hint) {
  findings.push_back(
      {std::move(code), base::Severity::error, at, length, std::move(message), std::move(hint)});
}

const DraftEntity* Draft::find_entity(std::string_view name) const {
  for (const DraftEntity& each : entities) {
    if (each.entity->name.value == name) return &each;
  }
  return nullptr;
}

VisibleTables visible_tables(const DraftEntity& entity) {
  VisibleTables visible;
  visible[entity.entity->alias.value] = entity.source;
  if (entity.each) visible[entity.each->name.name] = entity.each.get();
  for (const DraftJoin& each : entity.joins) visible[each.join->alias.value] = each.table;
  return visible;
}

std::vector<std::string> aliases_of(const VisibleTables& visible,
                                    const sql::ColumnReference& reference) {
  if (!reference.qualifier.empty()) return {reference.qualifier};
  std::vector<std::string> holders;
  for (const auto& [alias, table] : visible) {
    if (table->find_column(reference.column) != nullptr) holders.push_back(alias);
  }
  return holders;
}

namespace {

// Names and dots only, blanks and signs at most inside double quotes: nothing that computes.
bool is_name(std::string_view text) {
  bool quoted = false;
  return std::all_of(text.begin(), text.end(), [&quoted](char character) {
    if (character == '"') quoted = !quoted;
    const auto byte = static_cast<unsigned char>(character);
    return quoted || character == '"' || character == '.' || character == '_' || character == '$' ||
           byte >= 0x80 || std::isalnum(byte) != 0;
  });
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view k_blanks = " \t\r\n";
  const auto first = text.find_first_not_of(k_blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(k_blanks) - first + 1);
}

const catalog::Column* find_column_of(const DraftEntity& entity,
                                      const mapping::Expression& expression,
                                      const std::string& alias, const catalog::Table& table) {
  const auto& columns = expression.parsed.columns;
  if (columns.size() != 1 || !is_name(trim(expression.text.value))) return nullptr;
  const std::vector<std::string> aliases = aliases_of(visible_tables(entity), columns.front());
  if (aliases != std::vector<std::string>{alias}) return nullptr;
  return table.find_column(columns.front().column);
}

}  // namespace

const catalog::Column* find_plain_column(const DraftEntity& entity,
                                         const mapping::Expression& expression) {
  return find_column_of(entity, expression, entity.entity->alias.value, *entity.source);
}

const catalog::Column* find_each_column(const DraftEntity& entity,
                                        const mapping::Expression& expression) {
  if (!entity.each) return nullptr;
  return find_column_of(entity, expression, entity.each->name.name, *entity.each);
}

std::string find_immediate_constraint(const catalog::Table& table, const std::string& column) {
  for (const catalog::Constraint& each : table.constraints) {
    const auto& columns = each.columns;
    if (each.kind == catalog::ConstraintKind::foreign_key && !each.deferrable &&
        std::find(columns.begin(), columns.end(), column) != columns.end())
      return each.name;
  }
  return "";
}

namespace {

const catalog::Table* find_table(Draft& draft, const catalog::Catalog& catalog,
                                 const mapping::Text& name, std::string_view code,
                                 std::string_view side) {
  const catalog::Table* table = catalog.find_table(name.value);
  if (table == nullptr) {
    draft.error(std::string(code), name,
                fmt::format("no table {} in schema {} of the {}", name.value, catalog.schema, side),
                base::did_you_mean(name.value, catalog.table_names()));
  }
  return table;
}

// `table alias`, the way a FROM clause takes it.
sql::Fragment table_as(const catalog::Table& table, const mapping::Text& alias) {
  return sql::Fragment(table.name.text() + " AS " + sql::quote_identifier(alias.value));
}

// The primary key goes last, so that rows alike in the order written are not picked by chance.
sql::Fragment pick_order(const DraftJoin& draft_join) {
  sql::Fragment order = draft_join.join->pick_order->fragment();
  for (const std::string& each : draft_join.table->primary_key()) {
    order += ", " + sql::qualified_column(draft_join.join->alias.value, each);
  }
  return order;
}

sql::Fragment join_clause(const DraftJoin& draft_join) {
  const mapping::Join& join = *draft_join.join;
  const std::string alias = sql::quote_identifier(join.alias.value);
  if (!join.pick_order) {
    return sql::Fragment("\nLEFT JOIN ") + table_as(*draft_join.table, join.alias) + " ON " +
           join.on.fragment();
  }
  return sql::Fragment("\nLEFT JOIN LATERAL (SELECT ") + alias + ".* FROM " +
         table_as(*draft_join.table, join.alias) + " WHERE " + join.on.fragment() + " ORDER BY " +
         pick_order(draft_join) + " LIMIT 1) AS " + alias + " ON true";
}

// Types are left open: the source tells that of each expression that names these columns.
std::shared_ptr<const catalog::Table> make_each_table(const mapping::Each& each) {
  auto table = std::make_shared<catalog::Table>();
  table->name.name = each.name.value;
  table->columns.emplace_back().name = each.name.value;
  if (each.number) {
    catalog::Column& number = table->columns.emplace_back();
    number.name = each.number->value;
    number.not_null = true;
  }
  return table;
}

// As a derived table, so that whatever the expression gives is one column.
sql::Fragment each_rows(const mapping::Each& each) {
  const std::string name = sql::quote_identifier(each.name.value);
  sql::Fragment rows =
      sql::Fragment("(SELECT ") + each.rows.fragment() + " AS " + name + ") AS " + name;
  if (!each.number) return rows;
  return sql::Fragment("(SELECT " + name + ", row_number() OVER () AS " +
                       sql::quote_identifier(each.number->value) + " FROM ") +
         rows + ") AS " + name;
}

bool draft_joins(Draft& draft, const mapping::Entity& entity, DraftEntity& drafted) {
  bool complete = true;
  for (const mapping::Join& each : entity.joins) {
    const catalog::Table* table = find_table(draft, draft.source, each.table, "E2101", "source");
    if (table == nullptr) {
      complete = false;
      continue;
    }
    drafted.joins.push_back(
        {&each, table, each.pick_order.has_value() || proves_single(each, *table)});
  }
  return complete;
}

void draft_table(Draft& draft, const mapping::Entity& entity) {
  DraftEntity drafted;
  drafted.entity = &entity;
  drafted.source = find_table(draft, draft.source, entity.from, "E2101", "source");
  drafted.target = find_table(draft, draft.target, entity.to, "E2102", "target");
  if (drafted.target != nullptr && drafted.target->kind != catalog::TableKind::table &&
      drafted.target->kind != catalog::TableKind::partitioned) {
    draft.error("E2107", entity.to,
                fmt::format("{} is not a table: rows cannot be copied into it", entity.to.value));
    return;
  }
  const bool joined = draft_joins(draft, entity, drafted);
  if (drafted.source == nullptr || drafted.target == nullptr || !joined) return;

  drafted.driving = table_as(*drafted.source, entity.alias);
  if (entity.each) {
    drafted.each = make_each_table(*entity.each);
    drafted.each_rows = each_rows(*entity.each);
    drafted.driving += sql::Fragment("\nCROSS JOIN LATERAL ") + drafted.each_rows;
  }
  drafted.from = drafted.driving;
  for (const DraftJoin& each : drafted.joins) drafted.from += join_clause(each);
  draft.entities.push_back(std::move(drafted));
}

}  // namespace

void draft_tables(Draft& draft) {
  for (const mapping::Entity& each : draft.mapping.entities) draft_table(draft, each);
}

namespace {

QuestionSet& open_questions(Draft& draft, const DraftEntity& entity) {
  draft.questions.push_back({entity.entity->name.value, entity.from, {}});
  return draft.questions.back();
}

void ask(QuestionSet& set, std::string item, const sql::Fragment& value,
         const base::Position& position) {
  set.questions.push_back({set.entity, std::move(item), value, position});
}

void ask_about(QuestionSet& set, const DraftColumn& column) {
  const std::string& name = column.target->name;
  if (!column.derivation.value.empty())
    ask(set, "column " + name, column.derivation.value, column.position);
  if (column.derivation.uuid && column.derivation.uuid->time) {
    ask(set, "time " + name, *column.derivation.uuid->time, column.position);
  }
  if (!column.derivation.ref) return;
  const auto& targets = column.derivation.ref->targets;
  for (std::size_t target = 0; target < targets.size(); ++target) {
    for (std::size_t part = 0; part < targets[target].key.size(); ++part) {
      ask(set, fmt::format("ref {} {} {}", name, target, part), targets[target].key[part],
          column.position);
    }
  }
}

}  // namespace

void draft_questions(Draft& draft) {
  for (const DraftEntity& each : draft.entities) {
    QuestionSet& set = open_questions(draft, each);
    for (std::size_t part = 0; part < each.entity->key.size(); ++part) {
      const mapping::Expression& key = each.entity->key[part].source;
      ask(set, fmt::format("key {}", part), key.fragment(), key.text.position);
    }
    for (const DraftColumn& column : each.columns) ask_about(set, column);
    if (each.changed_at != nullptr) {
      const mapping::Expression& changed = each.changed_at->source;
      ask(set, "changed_at", changed.fragment(), changed.text.position);
    }
    for (const mapping::Predicate& exclude : each.entity->exclude) {
      ask(set, "exclude " + exclude.name.value, exclude.when.fragment(),
          exclude.when.text.position);
    }
    for (const mapping::Predicate& refuse : each.entity->refuse) {
      ask(set, "refuse " + refuse.name.value, refuse.when.fragment(), refuse.when.text.position);
    }
    for (std::size_t hold = 0; hold < each.holds.size(); ++hold) {
      if (each.holds[hold].reason.starts_with("refuse:")) continue;  // asked as it was written
      ask(set, fmt::format("hold {}", hold), each.holds[hold].when, each.holds[hold].position);
    }
  }
}

sql::Fragment QuestionSet::statement() const {
  std::vector<sql::Fragment> values;
  values.reserve(questions.size());
  for (const Question& each : questions) values.push_back(each.value);
  return sql::Fragment("SELECT ") + sql::join(values, ",\n  ") + sql::Fragment("\nFROM ") + from +
         sql::Fragment("\nWHERE false");
}

sql::Fragment QuestionSet::statement(std::size_t question) const {
  return sql::Fragment("SELECT ") + questions[question].value + sql::Fragment("\nFROM ") + from +
         sql::Fragment("\nWHERE false");
}

std::string answer_key(const Question& question) { return question.entity + "/" + question.item; }

}  // namespace rehome::plan
