// The names that the facts of a catalog have in its JSON form: the one list that writing and
// reading share. Inside this room only.
//
// visit_fields(Of<T>(), visit) calls visit("name", &T::member) for each field, in the order of the
// JSON.
#pragma once

#include <array>
#include <string_view>

#include "catalog/catalog.h"

namespace rehome::catalog {

template <typename Object>
struct Of {};

template <typename Enumeration>
struct Label {
  Enumeration value;
  std::string_view text;
};

constexpr auto labels_of(Of<TypeKind>) {
  using enum TypeKind;
  return std::array{Label<TypeKind>{base, "base"},     Label<TypeKind>{enumeration, "enumeration"},
                    Label<TypeKind>{domain, "domain"}, Label<TypeKind>{composite, "composite"},
                    Label<TypeKind>{range, "range"},   Label<TypeKind>{multirange, "multirange"},
                    Label<TypeKind>{pseudo, "pseudo"}};
}

constexpr auto labels_of(Of<Identity>) {
  using enum Identity;
  return std::array{Label<Identity>{none, "none"}, Label<Identity>{always, "always"},
                    Label<Identity>{by_default, "by_default"}};
}

constexpr auto labels_of(Of<ConstraintKind>) {
  using enum ConstraintKind;
  return std::array{
      Label<ConstraintKind>{primary_key, "primary_key"}, Label<ConstraintKind>{unique, "unique"},
      Label<ConstraintKind>{foreign_key, "foreign_key"}, Label<ConstraintKind>{check, "check"},
      Label<ConstraintKind>{exclusion, "exclusion"}};
}

constexpr auto labels_of(Of<TableKind>) {
  using enum TableKind;
  return std::array{Label<TableKind>{table, "table"},
                    Label<TableKind>{partitioned, "partitioned"},
                    Label<TableKind>{view, "view"},
                    Label<TableKind>{materialized_view, "materialized_view"},
                    Label<TableKind>{foreign, "foreign"},
                    Label<TableKind>{other, "other"}};
}

template <typename Visit>
void visit_fields(Of<sql::QualifiedName>, Visit&& visit) {
  visit("schema", &sql::QualifiedName::schema);
  visit("name", &sql::QualifiedName::name);
}

template <typename Visit>
void visit_fields(Of<Type>, Visit&& visit) {
  visit("oid", &Type::oid);
  visit("schema", &Type::schema);
  visit("name", &Type::name);
  visit("kind", &Type::kind);
  visit("element", &Type::element);
  visit("domain_base", &Type::domain_base);
  visit("domain_modifier", &Type::domain_modifier);
  visit("domain_not_null", &Type::domain_not_null);
  visit("labels", &Type::labels);
}

template <typename Visit>
void visit_fields(Of<Column>, Visit&& visit) {
  visit("name", &Column::name);
  visit("number", &Column::number);
  visit("type", &Column::type);
  visit("modifier", &Column::modifier);
  visit("type_text", &Column::type_text);
  visit("not_null", &Column::not_null);
  visit("has_default", &Column::has_default);
  visit("default_text", &Column::default_text);
  visit("identity", &Column::identity);
  visit("generated", &Column::generated);
  visit("sequence", &Column::sequence);
  visit("can_select", &Column::can_select);
  visit("can_insert", &Column::can_insert);
  visit("can_update", &Column::can_update);
  visit("can_use_sequence", &Column::can_use_sequence);
  visit("can_select_sequence", &Column::can_select_sequence);
  visit("can_update_sequence", &Column::can_update_sequence);
}

template <typename Visit>
void visit_fields(Of<Constraint>, Visit&& visit) {
  visit("name", &Constraint::name);
  visit("kind", &Constraint::kind);
  visit("columns", &Constraint::columns);
  visit("references", &Constraint::references);
  visit("referenced_columns", &Constraint::referenced_columns);
  visit("deferrable", &Constraint::deferrable);
  visit("initially_deferred", &Constraint::initially_deferred);
  visit("validated", &Constraint::validated);
  visit("inherited", &Constraint::inherited);
  visit("deletes_cascade", &Constraint::deletes_cascade);
  visit("definition", &Constraint::definition);
}

template <typename Visit>
void visit_fields(Of<Index>, Visit&& visit) {
  visit("name", &Index::name);
  visit("columns", &Index::columns);
  visit("unique", &Index::unique);
  visit("valid", &Index::valid);
  visit("partial", &Index::partial);
  visit("has_expressions", &Index::has_expressions);
  visit("nulls_not_distinct", &Index::nulls_not_distinct);
  visit("method", &Index::method);
}

template <typename Visit>
void visit_fields(Of<Trigger>, Visit&& visit) {
  visit("name", &Trigger::name);
  visit("function", &Trigger::function);
  visit("before", &Trigger::before);
  visit("after", &Trigger::after);
  visit("instead_of", &Trigger::instead_of);
  visit("row", &Trigger::row);
  visit("on_insert", &Trigger::on_insert);
  visit("on_update", &Trigger::on_update);
  visit("on_delete", &Trigger::on_delete);
  visit("enabled", &Trigger::enabled);
}

template <typename Visit>
void visit_fields(Of<Referrer>, Visit&& visit) {
  visit("table", &Referrer::table);
  visit("constraint", &Referrer::constraint);
  visit("columns", &Referrer::columns);
  visit("referenced_columns", &Referrer::referenced_columns);
  visit("key", &Referrer::key);
  visit("deletes_cascade", &Referrer::deletes_cascade);
  visit("can_use_schema", &Referrer::can_use_schema);
  visit("can_select", &Referrer::can_select);
  visit("row_security", &Referrer::row_security);
}

template <typename Visit>
void visit_fields(Of<Table>, Visit&& visit) {
  visit("qualified_name", &Table::name);
  visit("kind", &Table::kind);
  visit("row_security", &Table::row_security);
  visit("force_row_security", &Table::force_row_security);
  visit("is_partition", &Table::is_partition);
  visit("has_children", &Table::has_children);
  visit("can_select", &Table::can_select);
  visit("can_insert", &Table::can_insert);
  visit("can_update", &Table::can_update);
  visit("can_delete", &Table::can_delete);
  visit("estimated_rows", &Table::estimated_rows);
  visit("columns", &Table::columns);
  visit("constraints", &Table::constraints);
  visit("indexes", &Table::indexes);
  visit("triggers", &Table::triggers);
  visit("referrers", &Table::referrers);
  visit("rules", &Table::rules);
}

template <typename Visit>
void visit_fields(Of<Role>, Visit&& visit) {
  visit("name", &Role::name);
  visit("superuser", &Role::superuser);
  visit("bypass_row_security", &Role::bypass_row_security);
  visit("can_create_schema", &Role::can_create_schema);
  visit("can_create_temporary", &Role::can_create_temporary);
}

template <typename Visit>
void visit_fields(Of<Catalog>, Visit&& visit) {
  visit("server_version", &Catalog::server_version);
  visit("system_identifier", &Catalog::system_identifier);
  visit("database", &Catalog::database);
  visit("encoding", &Catalog::encoding);
  visit("schema", &Catalog::schema);
  visit("schema_exists", &Catalog::schema_exists);
  visit("schema_usable", &Catalog::schema_usable);
  visit("search_path", &Catalog::search_path);
  visit("role", &Catalog::role);
  visit("tables", &Catalog::tables);
  visit("types", &Catalog::types);
  visit("other_schemas", &Catalog::other_schemas);
}

}  // namespace rehome::catalog
