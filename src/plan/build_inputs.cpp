// What source_hash is made of: columns and subqueries, never derived expressions (one that fails on
// one row would fail the whole summary).
#include <algorithm>
#include <map>
#include <set>

#include "plan/build_entity.h"

namespace rehome::plan {

namespace {

class InputCollector {
 public:
  InputCollector(const Draft& draft, const DraftEntity& drafted)
      : draft_(draft), drafted_(drafted), visible_(visible_tables(drafted)) {}

  std::vector<Input> collect() {
    const mapping::Entity& entity = *drafted_.entity;
    for (const auto& each : entity.refuse) add(each.when);
    for (const DraftJoin& each : drafted_.joins) add_join(each);
    for (const mapping::Column& each : entity.columns) add_column(each);

    std::vector<Input> inputs;
    for (const KeyColumn& each : drafted_.key) inputs.push_back({each.value.text()});
    for (const std::string& each : columns_) inputs.push_back({each});
    for (const std::string& each : subqueries_) inputs.push_back({each});
    return inputs;
  }

 private:
  // What the application owns once it is here, and the audit trail, change nothing that would have
  // to be written.
  void add_column(const mapping::Column& column) {
    if (column.owner == mapping::Owner::target || column.construct->name() == "audit") return;
    for (const mapping::Expression* each : column.construct->expressions()) add(*each);
  }

  void add_join(const DraftJoin& join) {
    add(join.join->on);
    for (const catalog::Column& each : join.table->columns) {
      if (!each.not_null) continue;
      add_reference(join.join->alias.value, each);
      return;
    }
  }

  void add(const mapping::Expression& expression) {
    for (const sql::ColumnReference& each : expression.parsed.columns) {
      for (const auto& [alias, table] : visible_) {
        if (!each.qualifier.empty() && each.qualifier != alias) continue;
        if (const catalog::Column* column = table->find_column(each.column))
          add_reference(alias, *column);
      }
    }
    for (const sql::Subquery& each : expression.parsed.subqueries)
      subqueries_.insert(input_of(each.text));
  }

  // All rows of a subquery that should have one: where it has two, the derivation fails for this
  // row, and the sum of a batch must not.
  static std::string input_of(const std::string& subquery) {
    const bool is_table = !sql::find_syntax_error("SELECT FROM " + subquery + " AS q");
    if (!is_table) return "(" + subquery + ")::text";
    return "(SELECT string_agg(q::text, ',' ORDER BY q::text COLLATE \"C\") FROM " + subquery +
           " AS q)";
  }

  // record_send carries the oids of its fields' types, which differ between servers for types of
  // the database's own.
  void add_reference(const std::string& alias, const catalog::Column& column) {
    const catalog::Type* type = draft_.source.find_type(column.type);
    const bool unknown = column.type == 0;  // what `each` gives
    const bool builtin = !unknown && (type == nullptr ? column.type < catalog::k_first_custom_oid
                                                      : type->is_builtin());
    const std::string reference = sql::qualified_column(alias, column.name);
    columns_.insert(builtin ? reference : reference + "::text");
  }

  const Draft& draft_;
  const DraftEntity& drafted_;
  std::map<std::string, const catalog::Table*> visible_;
  std::set<std::string> columns_;
  std::set<std::string> subqueries_;
};

}  // namespace

void build_inputs(const Draft& draft, const DraftEntity& drafted, Entity& entity) {
  entity.inputs = InputCollector(draft, drafted).collect();
}

}  // namespace rehome::plan
