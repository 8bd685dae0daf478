#include "catalog/stand_in.h"

#include <fmt/format.h>

#include <algorithm>

namespace rehome::catalog {

namespace {

constexpr std::string_view k_schema = "pg_temp";
// The careful road has a temporary table of the one name, and rows that are gone, by entity, ones
// with the other before it.
constexpr std::string_view k_taken = "staged";
constexpr std::string_view k_taken_before = "leaving_";

bool is_taken(const std::string& name) {
  return name == k_taken || name.starts_with(k_taken_before);
}

// The relations of one stand-in; `number` keeps their names short, and apart.
struct StandIn {
  const Table& table;
  std::size_t number;

  sql::QualifiedName view() const {
    const std::string& name = table.name.name;
    return {std::string(k_schema), is_taken(name) ? temporary("rows_of") : name};
  }
  std::string rows() const { return qualified("written"); }
  std::string replaced() const { return qualified("replaced"); }
  std::string function() const { return qualified("write"); }
  std::string watch(const Index& index) const {
    return qualified(fmt::format("watch_{}", &index - table.indexes.data()));
  }
  std::string sequence(const Column& column) const {
    return qualified(fmt::format("ids_{}", column.number));
  }

 private:
  std::string temporary(std::string_view what) const {
    return fmt::format("rehome_{}_{}", what, number);
  }
  std::string qualified(std::string_view what) const {
    return fmt::format("{}.{}", k_schema, temporary(what));
  }
};

std::vector<StandIn> list_stand_ins(const Catalog& target, const std::vector<std::string>& tables) {
  std::vector<StandIn> all;
  for (const std::string& each : tables) all.push_back({target.tables.at(each), all.size()});
  return all;
}

// `prefix` before each column; generated ones on request.
std::string column_list(const Table& table, std::string_view prefix, bool generated) {
  std::vector<std::string> columns;
  for (const Column& each : table.columns) {
    if (!each.generated || generated)
      columns.push_back(fmt::format("{}{}", prefix, sql::quote_identifier(each.name)));
  }
  return sql::join(columns, ", ");
}

// Ids that no row has, nor ever had, as far as the role may know; the real sequence is left where
// it stands.
std::string sequence_statements(const StandIn& stand_in) {
  std::string text;
  for (const Column& each : stand_in.table.columns) {
    if (each.sequence.empty()) continue;
    text += fmt::format(
        "CREATE TEMPORARY SEQUENCE {0};\n"
        "SELECT setval('{0}', greatest(max(t.{1}), CASE WHEN has_sequence_privilege({2}, 'USAGE, "
        "SELECT') THEN pg_sequence_last_value({2}::regclass) END, 0) + 1, false) FROM {3} AS t;\n",
        stand_in.sequence(each), sql::quote_identifier(each.name),
        sql::quote_literal(each.sequence), stand_in.table.name.text());
  }
  return text;
}

// What a column gets that is not written.
std::string default_statements(const StandIn& stand_in) {
  std::string text;
  for (const Column& each : stand_in.table.columns) {
    std::string value = each.generated ? "" : each.default_text;
    if (!each.sequence.empty()) value = fmt::format("nextval('{}')", stand_in.sequence(each));
    if (value.empty()) continue;
    text += fmt::format("ALTER VIEW {} ALTER COLUMN {} SET DEFAULT {};\n", stand_in.view().text(),
                        sql::quote_identifier(each.name), value);
  }
  return text;
}

// Of a row `t` of the table.
std::string still_stands(const StandIn& stand_in) {
  return fmt::format(
      "NOT EXISTS (SELECT FROM {} AS r WHERE r.relation = t.tableoid AND r.place = t.ctid)",
      stand_in.replaced());
}

std::string view_statement(const StandIn& stand_in) {
  return fmt::format(
      "CREATE TEMPORARY VIEW {} AS\n"
      "SELECT w.tableoid AS rehome_relation, w.ctid AS rehome_place, {}\nFROM {} AS w\n"
      "UNION ALL\n"
      "SELECT t.tableoid, t.ctid, {}\nFROM {} AS t\nWHERE {};\n",
      stand_in.view().text(), column_list(stand_in.table, "w.", true), stand_in.rows(),
      column_list(stand_in.table, "t.", true), stand_in.table.name.text(), still_stands(stand_in));
}

bool is_plain_unique(const Index& index) {
  return index.unique && index.valid && !index.partial && !index.has_expressions;
}

bool can_wait(const Table& table, const Index& index) {
  return std::any_of(
      table.constraints.begin(), table.constraints.end(),
      [&](const Constraint& each) { return each.name == index.name && each.deferrable; });
}

// The row of `alias` has the values of NEW in the index.
std::string same_values(const Index& index, std::string_view alias) {
  std::vector<std::string> terms;
  for (const std::string& each : index.columns) {
    const std::string name = sql::quote_identifier(each);
    terms.push_back(fmt::format("{}.{} {} NEW.{}", alias, name,
                                index.nulls_not_distinct ? "IS NOT DISTINCT FROM" : "=", name));
  }
  return sql::join(terms, " AND ");
}

// What no index sees: that a row which is written clashes with one that stays as it is.
std::string clash_statement(const StandIn& stand_in, const Index& index,
                            const std::string& and_so) {
  return fmt::format(
      "  IF EXISTS (SELECT FROM {} AS t WHERE {} AND {}){} THEN\n"
      "    RAISE unique_violation USING MESSAGE = {}, CONSTRAINT = {};\n  END IF;\n",
      stand_in.table.name.text(), same_values(index, "t"), still_stands(stand_in), and_so,
      sql::quote_literal(
          fmt::format("duplicate key value violates unique constraint \"{}\"", index.name)),
      sql::quote_literal(index.name));
}

std::string clash_statements(const StandIn& stand_in) {
  std::string text;
  for (const Index& each : stand_in.table.indexes) {
    if (is_plain_unique(each) && !can_wait(stand_in.table, each))
      text += clash_statement(stand_in, each, "");
  }
  return text;
}

// A constraint that can wait is asked when all is written; by then the row may be another.
std::string waiting_statements(const StandIn& stand_in) {
  std::string text;
  for (const Index& each : stand_in.table.indexes) {
    if (!is_plain_unique(each) || !can_wait(stand_in.table, each)) continue;
    const std::string still = fmt::format("\n    AND EXISTS (SELECT FROM {} AS w WHERE {})",
                                          stand_in.rows(), same_values(each, "w"));
    text += fmt::format(
        "CREATE FUNCTION {0}() RETURNS trigger LANGUAGE plpgsql AS $watch$\nBEGIN\n{1}"
        "  RETURN NULL;\nEND $watch$;\n"
        "CREATE CONSTRAINT TRIGGER {2} AFTER INSERT ON {3} DEFERRABLE\n"
        "FOR EACH ROW EXECUTE FUNCTION {0}();\n",
        stand_in.watch(each), clash_statement(stand_in, each, still),
        sql::quote_identifier(each.name), stand_in.rows());
  }
  return text;
}

// A row of the table that is changed or deleted is replaced; a written one is written anew.
std::string trigger_statements(const StandIn& stand_in) {
  return fmt::format(
      "CREATE FUNCTION {0}() RETURNS trigger LANGUAGE plpgsql AS $write$\nBEGIN\n"
      "  IF TG_OP <> 'INSERT' AND OLD.rehome_relation = '{1}'::regclass THEN\n"
      "    DELETE FROM {1} AS w WHERE w.ctid = OLD.rehome_place;\n"
      "  ELSIF TG_OP <> 'INSERT' THEN\n"
      "    INSERT INTO {2} VALUES (OLD.rehome_relation, OLD.rehome_place);\n"
      "  END IF;\n"
      "  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n{6}"
      "  INSERT INTO {1} ({3}) VALUES ({4});\n"
      "  RETURN NEW;\nEND $write$;\n"
      "CREATE TRIGGER write INSTEAD OF INSERT OR UPDATE OR DELETE ON {5}\n"
      "FOR EACH ROW EXECUTE FUNCTION {0}();\n",
      stand_in.function(), stand_in.rows(), stand_in.replaced(),
      column_list(stand_in.table, "", false), column_list(stand_in.table, "NEW.", false),
      stand_in.view().text(), clash_statements(stand_in));
}

}  // namespace

Catalog with_stand_ins(const Catalog& target, const std::vector<std::string>& tables) {
  Catalog changed = target;
  for (const StandIn& each : list_stand_ins(target, tables)) {
    Table& table = changed.tables.at(each.table.name.name);
    table.stands_for = table.name;
    table.name = each.view();
    for (Column& column : table.columns) {
      if (!column.sequence.empty()) column.sequence = each.sequence(column);
    }
    for (auto& [name, other] : changed.tables) {
      for (Constraint& constraint : other.constraints) {
        if (constraint.references == each.table.name) constraint.references = each.view();
      }
    }
  }
  return changed;
}

std::string stand_in_statements(const Catalog& target, const std::vector<std::string>& tables) {
  std::string text;
  for (const StandIn& each : list_stand_ins(target, tables)) {
    text += fmt::format(
        "CREATE TEMPORARY TABLE {} (LIKE {} INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING "
        "INDEXES);\n"
        "CREATE TEMPORARY TABLE {} (relation oid, place tid, PRIMARY KEY (relation, place));\n",
        each.rows(), each.table.name.text(), each.replaced());
    text += sequence_statements(each) + view_statement(each) + default_statements(each) +
            trigger_statements(each) + waiting_statements(each);
  }
  return text;
}

}  // namespace rehome::catalog
