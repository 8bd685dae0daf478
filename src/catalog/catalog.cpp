#include "catalog/catalog.h"

#include <algorithm>

namespace rehome::catalog {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_complete(const Index& index) {
  return index.valid && !index.partial && !index.has_expressions && !index.columns.empty();
}

template <typename Values>
std::vector<std::string> keys_of(const Values& values) {
  std::vector<std::string> names;
  names.reserve(values.size());
  for (const auto& [name, value] : values) names.push_back(name);
  return names;
}

}  // namespace

const Column* Table::find_column(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [column](const Column& each) { return each.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

std::vector<std::string> Table::column_names() const {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const Column& column : columns) names.push_back(column.name);
  return names;
}

std::vector<std::string> Table::primary_key() const {
  for (const Constraint& constraint : constraints) {
    if (constraint.kind == ConstraintKind::primary_key) return constraint.columns;
  }
  return {};
}

bool Table::is_unique(const std::vector<std::string>& unique_columns) const {
  if (has_children && kind != TableKind::partitioned) return false;
  return std::any_of(indexes.begin(), indexes.end(), [&unique_columns](const Index& index) {
    return index.unique && is_complete(index) &&
           std::all_of(index.columns.begin(), index.columns.end(),
                       [&unique_columns](const std::string& column) {
                         return contains(unique_columns, column);
                       });
  });
}

bool Table::has_index_on(const std::vector<std::string>& leading) const {
  if (leading.empty()) return false;
  return std::any_of(indexes.begin(), indexes.end(), [&leading](const Index& index) {
    return index.valid && !index.partial && index.method == "btree" &&
           leading.size() <= index.columns.size() &&
           std::equal(leading.begin(), leading.end(), index.columns.begin());
  });
}

bool Table::has_insert_trigger() const {
  return std::any_of(triggers.begin(), triggers.end(), [](const Trigger& trigger) {
    return trigger.enabled && !trigger.instead_of && trigger.on_insert;
  });
}

const Table* Catalog::find_table(std::string_view name) const {
  const auto found = tables.find(std::string(name));
  return found == tables.end() ? nullptr : &found->second;
}

std::vector<std::string> Catalog::table_names() const { return keys_of(tables); }

const Type* Catalog::find_type(Oid oid) const {
  const auto found = types.find(oid);
  return found == types.end() ? nullptr : &found->second;
}

const Type* Catalog::find_stored_type(Oid oid) const {
  const Type* type = find_type(oid);
  // A hand-written catalog may have a circle; a server never has.
  for (std::size_t depth = 0; type != nullptr && type->kind == TypeKind::domain; ++depth) {
    if (depth > types.size()) return nullptr;
    type = find_type(type->domain_base);
  }
  return type;
}

int Catalog::stored_modifier(const Column& column) const {
  int modifier = column.modifier;
  const Type* type = find_type(column.type);
  for (std::size_t depth = 0; type != nullptr && type->kind == TypeKind::domain; ++depth) {
    if (depth > types.size()) break;
    if (type->domain_modifier >= 0) modifier = type->domain_modifier;
    type = find_type(type->domain_base);
  }
  return modifier;
}

}  // namespace rehome::catalog
