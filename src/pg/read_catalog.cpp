#include "pg/read_catalog.h"

#include "base/ensure.h"
#include "pg/array_text.h"
#include "pg/sql.h"

namespace rehome::pg {

namespace {

// One row, read from left to right in the order of its query's columns.
class Record {
 public:
  Record(const Rows& rows, int row) : rows_(rows), row_(row) {}

  std::string text() { return std::string(rows_.text(row_, next_++)); }
  bool boolean() { return rows_.boolean(row_, next_++); }
  int integer() { return static_cast<int>(rows_.integer(row_, next_++)); }
  double number() { return static_cast<double>(rows_.integer(row_, next_++)); }
  catalog::Oid oid() { return static_cast<catalog::Oid>(rows_.integer(row_, next_++)); }
  std::vector<std::string> texts() { return parse_text_array(rows_.text(row_, next_++)); }
  // A "char" of the catalogs; blank when it is empty.
  char letter() {
    const std::string_view text = rows_.text(row_, next_++);
    return text.empty() ? ' ' : text.front();
  }

 private:
  const Rows& rows_;
  int row_;
  int next_ = 0;
};

catalog::TableKind table_kind(char letter) {
  using enum catalog::TableKind;
  switch (letter) {
    case 'r':
      return table;
    case 'p':
      return partitioned;
    case 'v':
      return view;
    case 'm':
      return materialized_view;
    case 'f':
      return foreign;
    default:
      return other;
  }
}

catalog::ConstraintKind constraint_kind(char letter) {
  using enum catalog::ConstraintKind;
  switch (letter) {
    case 'p':
      return primary_key;
    case 'u':
      return unique;
    case 'f':
      return foreign_key;
    case 'x':
      return exclusion;
    default:
      return check;
  }
}

catalog::TypeKind type_kind(char letter) {
  using enum catalog::TypeKind;
  switch (letter) {
    case 'e':
      return enumeration;
    case 'd':
      return domain;
    case 'c':
      return composite;
    case 'r':
      return range;
    case 'm':
      return multirange;
    case 'p':
      return pseudo;
    default:
      return base;
  }
}

catalog::Identity identity_kind(char letter) {
  using enum catalog::Identity;
  if (letter == 'a') return always;
  return letter == 'd' ? by_default : none;
}

catalog::Table make_table(const std::string& schema, Record record) {
  catalog::Table table;
  table.name = {schema, record.text()};
  table.kind = table_kind(record.letter());
  table.row_security = record.boolean();
  table.force_row_security = record.boolean();
  table.is_partition = record.boolean();
  table.has_children = record.boolean();
  table.can_select = record.boolean();
  table.can_insert = record.boolean();
  table.can_update = record.boolean();
  table.can_delete = record.boolean();
  table.estimated_rows = record.number();
  table.rules = record.texts();
  return table;
}

catalog::Column make_column(Record& record) {
  catalog::Column column;
  column.name = record.text();
  column.number = record.integer();
  column.type = record.oid();
  column.modifier = record.integer();
  column.type_text = record.text();
  column.not_null = record.boolean();
  column.has_default = record.boolean();
  column.default_text = record.text();
  column.identity = identity_kind(record.letter());
  column.generated = record.boolean();
  column.sequence = record.text();
  column.can_select = record.boolean();
  column.can_insert = record.boolean();
  column.can_update = record.boolean();
  column.can_use_sequence = record.boolean();
  column.can_select_sequence = record.boolean();
  column.can_update_sequence = record.boolean();
  return column;
}

catalog::Constraint make_constraint(Record& record) {
  catalog::Constraint constraint;
  constraint.name = record.text();
  constraint.kind = constraint_kind(record.letter());
  constraint.columns = record.texts();
  constraint.references.schema = record.text();
  constraint.references.name = record.text();
  constraint.referenced_columns = record.texts();
  constraint.deferrable = record.boolean();
  constraint.initially_deferred = record.boolean();
  constraint.validated = record.boolean();
  constraint.inherited = record.boolean();
  constraint.deletes_cascade = record.letter() == 'c';
  constraint.definition = record.text();
  return constraint;
}

catalog::Index make_index(Record& record) {
  catalog::Index index;
  index.name = record.text();
  index.columns = record.texts();
  index.unique = record.boolean();
  index.valid = record.boolean();
  index.partial = record.boolean();
  index.has_expressions = record.boolean();
  index.nulls_not_distinct = record.boolean();
  index.method = record.text();
  return index;
}

catalog::Trigger make_trigger(Record& record) {
  catalog::Trigger trigger;
  trigger.name = record.text();
  trigger.function = record.text();
  trigger.before = record.boolean();
  trigger.after = record.boolean();
  trigger.instead_of = record.boolean();
  trigger.row = record.boolean();
  trigger.on_insert = record.boolean();
  trigger.on_update = record.boolean();
  trigger.on_delete = record.boolean();
  trigger.enabled = record.boolean();
  return trigger;
}

catalog::Referrer make_referrer(Record& record) {
  catalog::Referrer referrer;
  referrer.table.schema = record.text();
  referrer.table.name = record.text();
  referrer.constraint = record.text();
  referrer.columns = record.texts();
  referrer.referenced_columns = record.texts();
  referrer.key = record.texts();
  referrer.deletes_cascade = record.letter() == 'c';
  referrer.can_use_schema = record.boolean();
  referrer.can_select = record.boolean();
  referrer.row_security = record.boolean();
  return referrer;
}

catalog::Type make_type(Record record) {
  catalog::Type type;
  type.oid = record.oid();
  type.schema = record.text();
  type.name = record.text();
  type.kind = type_kind(record.letter());
  type.element = record.oid();
  type.domain_base = record.oid();
  type.domain_modifier = record.integer();
  type.domain_not_null = record.boolean();
  type.labels = record.texts();
  return type;
}

class CatalogReader {
 public:
  CatalogReader(Connection& connection, const std::string& schema) : connection_(connection) {
    catalog_.schema = schema;
  }

  catalog::Catalog read() {
    read_facts();
    const Rows tables = query("read tables", sql::catalog_tables);
    for (int row = 0; row < tables.count(); ++row) {
      catalog::Table table = make_table(catalog_.schema, Record(tables, row));
      catalog_.tables.emplace(table.name.name, std::move(table));
    }
    read_parts("read columns", sql::catalog_columns, &catalog::Table::columns, make_column);
    read_parts("read constraints", sql::catalog_constraints, &catalog::Table::constraints,
               make_constraint);
    read_parts("read indexes", sql::catalog_indexes, &catalog::Table::indexes, make_index);
    read_parts("read triggers", sql::catalog_triggers, &catalog::Table::triggers, make_trigger);
    read_parts("read referrers", sql::catalog_referrers, &catalog::Table::referrers, make_referrer);
    const Rows types = query("read types", sql::catalog_types);
    for (int row = 0; row < types.count(); ++row) {
      catalog::Type type = make_type(Record(types, row));
      catalog_.types.emplace(type.oid, std::move(type));
    }
    return std::move(catalog_);
  }

 private:
  Rows query(std::string_view name, std::string_view text) {
    return connection_.query({name, text}, {catalog_.schema});
  }

  void read_facts() {
    const Rows rows = query("read database facts", sql::catalog_facts);
    base::ensure(rows.count() == 1, "a session has one database and one role");
    Record record(rows, 0);
    catalog_.server_version = record.integer();
    catalog_.database = record.text();
    catalog_.encoding = record.text();
    catalog_.search_path = record.text();
    catalog_.schema_exists = record.boolean();
    catalog_.schema_usable = record.boolean();
    catalog_.role.name = record.text();
    catalog_.role.superuser = record.boolean();
    catalog_.role.bypass_row_security = record.boolean();
    catalog_.role.can_create_schema = record.boolean();
    catalog_.role.can_create_temporary = record.boolean();
    const bool may_read_identifier = record.boolean();
    catalog_.other_schemas = record.texts();
    if (!may_read_identifier) return;
    constexpr std::string_view k_identifier =
        "SELECT system_identifier FROM pg_catalog.pg_control_system()";
    catalog_.system_identifier =
        connection_.query({"read system identifier", k_identifier}, {}).text(0, 0);
  }

  // Rows that begin with the name of the table whose `parts` they belong to.
  template <typename Part>
  void read_parts(std::string_view name, std::string_view text,
                  std::vector<Part> catalog::Table::*parts, Part (*make)(Record&)) {
    const Rows rows = query(name, text);
    for (int row = 0; row < rows.count(); ++row) {
      Record record(rows, row);
      // Without a common snapshot, a table may have come since.
      const auto table = catalog_.tables.find(record.text());
      if (table != catalog_.tables.end()) (table->second.*parts).push_back(make(record));
    }
  }

  Connection& connection_;
  catalog::Catalog catalog_;
};

}  // namespace

catalog::Catalog read_catalog(Connection& connection, const std::string& schema) {
  // With this search_path the server qualifies every name in the texts it makes of types, defaults
  // and constraints.
  constexpr Statement k_qualify = {"qualify names", "SET LOCAL search_path = pg_catalog"};
  if (connection.in_transaction()) {
    const Rows path = connection.query(
        {"keep search path", "SELECT pg_catalog.current_setting('search_path')"}, {});
    connection.execute(k_qualify);
    catalog::Catalog catalog = CatalogReader(connection, schema).read();
    connection.query(
        {"restore search path", "SELECT pg_catalog.set_config('search_path', $1, true)"},
        {path.text(0, 0)});
    return catalog;
  }
  try {
    connection.execute({"begin catalog", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"});
    connection.execute(k_qualify);
    catalog::Catalog catalog = CatalogReader(connection, schema).read();
    connection.rollback();
    return catalog;
  } catch (const Error&) {
    connection.rollback();
    throw;
  }
}

}  // namespace rehome::pg
