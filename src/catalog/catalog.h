// What one database looks like, as values: read once per run by `pg`, saved as JSON for tests and
// drift.
//
// Promise: a Catalog holds names and facts, never rows. Names are as the server stores them,
// unquoted; texts that are SQL (type_text, default_text, definition, function, sequence) are
// qualified and quoted, valid under any search_path. Immutable after reading; any thread may read
// it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/identifier.h"

namespace rehome::catalog {

using Oid = std::uint32_t;

// Object identifiers below this one are the same on every server (built-in types). From here up to
// 16384 they are built in as well (information_schema), but given out by each server's initdb.
inline constexpr Oid k_first_custom_oid = 10000;

enum class TypeKind { base, enumeration, domain, composite, range, multirange, pseudo };

struct Type {
  Oid oid = 0;
  std::string schema;
  std::string name;  // pg_type.typname
  TypeKind kind = TypeKind::base;
  Oid element = 0;           // of an array type (typcategory A), else 0
  Oid domain_base = 0;       // of a domain
  int domain_modifier = -1;  // typmod a domain applies to its base
  bool domain_not_null = false;
  std::vector<std::string> labels;  // of an enumeration, in order
  bool is_builtin() const { return oid != 0 && oid < k_first_custom_oid; }
  bool operator==(const Type&) const = default;
};

enum class Identity { none, always, by_default };

struct Column {
  std::string name;
  int number = 0;  // attnum
  Oid type = 0;
  int modifier = -1;      // atttypmod
  std::string type_text;  // format_type(), e.g. character varying(10)
  bool not_null = false;
  bool has_default = false;
  std::string default_text;
  Identity identity = Identity::none;
  bool generated = false;
  std::string sequence;  // qualified text of the owned sequence (serial, identity), else empty
  bool can_select = true;
  bool can_insert = true;
  bool can_update = true;
  bool can_use_sequence = true;  // nextval
  bool can_select_sequence = true;
  bool can_update_sequence = true;  // setval

  bool operator==(const Column&) const = default;
};

enum class ConstraintKind { primary_key, unique, foreign_key, check, exclusion };

struct Constraint {
  std::string name;
  ConstraintKind kind = ConstraintKind::check;
  std::vector<std::string> columns;
  sql::QualifiedName references;                // foreign key only
  std::vector<std::string> referenced_columns;  // foreign key only
  bool deferrable = false;
  bool initially_deferred = false;
  bool validated = true;
  std::string
      definition;  // pg_get_constraintdef(); for a check the text after CHECK is its expression
  bool inherited = false;        // a partition's, because the partitioned table has it
  bool deletes_cascade = false;  // foreign key only: ON DELETE CASCADE
  bool operator==(const Constraint&) const = default;
};

struct Index {
  std::string name;
  std::vector<std::string> columns;  // key columns; an expression is ""
  bool unique = false;
  bool valid = true;
  bool partial = false;
  bool has_expressions = false;
  bool nulls_not_distinct = false;
  std::string method = "btree";

  bool operator==(const Index&) const = default;
};

struct Trigger {
  std::string name;
  std::string function;  // schema.name
  bool before = false;
  bool after = false;
  bool instead_of = false;
  bool row = false;
  bool on_insert = false;
  bool on_update = false;
  bool on_delete = false;
  bool enabled = true;

  bool operator==(const Trigger&) const = default;
};

// A foreign key of a table in another schema: its rows refer to rows of the table that has it.
struct Referrer {
  sql::QualifiedName table;
  std::string constraint;
  std::vector<std::string> columns;
  std::vector<std::string> referenced_columns;
  std::vector<std::string> key;  // the primary key of `table`
  bool deletes_cascade = false;
  bool can_use_schema = true;
  bool can_select = true;
  bool row_security = false;

  bool operator==(const Referrer&) const = default;
};

enum class TableKind { table, partitioned, view, materialized_view, foreign, other };

struct Table {
  sql::QualifiedName name;
  sql::QualifiedName stands_for;  // of a stand-in: the table; else empty
  TableKind kind = TableKind::table;
  std::vector<Column> columns;          // by number, dropped ones left out
  std::vector<Constraint> constraints;  // by name
  std::vector<Index> indexes;           // by name
  std::vector<Trigger> triggers;        // user triggers only, those of its partitions too, by name
  std::vector<Referrer> referrers;      // of other schemas, by table and constraint
  std::vector<std::string> rules;       // rewrite rules other than a view's own
  bool row_security = false;
  bool force_row_security = false;
  bool is_partition = false;
  bool has_children = false;  // inheritance
  bool can_select = true;     // of the whole table
  bool can_insert = true;
  bool can_update = true;
  bool can_delete = true;
  double estimated_rows = -1;  // pg_class.reltuples; -1 unknown

  const Column* find_column(std::string_view column) const;
  std::vector<std::string> column_names() const;
  // The primary key's columns, in its order; empty when there is none.
  std::vector<std::string> primary_key() const;
  // True if no two rows can agree in all of `unique_columns` (NULLs aside): a valid unique index
  // without predicate and expressions covers a subset of them. Never for a table with inheritance
  // children, whose rows no index of it sees.
  bool is_unique(const std::vector<std::string>& unique_columns) const;
  // True if a valid btree index without predicate starts with exactly these columns, in this order.
  bool has_index_on(const std::vector<std::string>& leading) const;
  // An enabled trigger may change a row that is inserted, before it is stored or afterwards.
  bool has_insert_trigger() const;

  bool operator==(const Table&) const = default;
};

struct Role {
  std::string name;
  bool superuser = false;
  bool bypass_row_security = false;
  bool can_create_schema = false;  // CREATE on the database
  bool can_create_temporary = false;

  bool operator==(const Role&) const = default;
};

struct Catalog {
  int server_version = 0;         // e.g. 150018
  std::string system_identifier;  // pg_control_system(); empty when not allowed
  std::string database;
  std::string encoding;
  std::string schema;  // the schema the mapping names; tables below are this schema's
  bool schema_exists = true;
  bool schema_usable = true;  // the role has USAGE; without it no privilege on a table counts
  std::string search_path;    // what the role has configured
  Role role;
  std::map<std::string, Table> tables;  // of `schema`, by name
  std::map<Oid, Type> types;  // every type a column of these tables uses, and what those build on
  std::vector<std::string> other_schemas;  // that exist, for hints

  const Table* find_table(std::string_view name) const;
  std::vector<std::string> table_names() const;
  const Type* find_type(Oid oid) const;
  // Follows domains down to the type that is stored.
  const Type* find_stored_type(Oid oid) const;
  // The modifier of that type: the column's own, or the one its domain applies.
  int stored_modifier(const Column& column) const;

  bool operator==(const Catalog&) const = default;
};

// The names of PostgreSQL's built-in types by oid and back ("int4" ↔ 23); 0 / empty when unknown.
Oid find_builtin_oid(std::string_view name);
std::string_view find_builtin_name(Oid oid);

// The snapshot form: stable key order, two-space indent, defaults left out, tables and types as
// objects by name and oid, built-in types by name; parse(write(c)) == c.
std::string write_json(const Catalog& catalog);
// Throws std::runtime_error naming the JSON path when the text is no catalog. A column's `number`
// may be left out: its place.
Catalog parse_json(std::string_view text);

}  // namespace rehome::catalog
