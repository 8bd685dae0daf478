#include <nlohmann/json.hpp>
#include <type_traits>

#include "catalog/fields.h"

namespace rehome::catalog {

namespace {

using Json = nlohmann::ordered_json;

// A class only so that each function may call every other.
class Writer {
 public:
  static Json write(bool value) { return value; }
  static Json write(int value) { return value; }
  static Json write(double value) { return value; }
  static Json write(const std::string& value) { return value; }

  // Built-in types by name: the same on every server, and easier to read.
  static Json write(Oid type) {
    const std::string_view name = find_builtin_name(type);
    return name.empty() ? Json(type) : Json(std::string(name));
  }

  template <typename Element>
  static Json write(const std::vector<Element>& elements) {
    Json array = Json::array();
    for (const Element& element : elements) array.push_back(write(element));
    return array;
  }

  // A column's number is its place, unless columns before it were dropped.
  static Json write(const std::vector<Column>& columns) {
    Json array = Json::array();
    int place = 0;
    for (Column column : columns) {
      if (column.number == ++place) column.number = 0;
      array.push_back(write(column));
    }
    return array;
  }

  static Json write(const std::map<Oid, Type>& types) {
    Json object = Json::object();
    for (auto [oid, type] : types) {
      if (type.oid == oid) type.oid = 0;
      object[std::to_string(oid)] = write(type);
    }
    return object;
  }

  static Json write(const std::map<std::string, Table>& tables) {
    Json object = Json::object();
    for (const auto& [name, table] : tables) object[name] = write(table);
    return object;
  }

  template <typename Object>
  static Json write(const Object& object) {
    if constexpr (std::is_enum_v<Object>) {
      for (const auto& label : labels_of(Of<Object>())) {
        if (label.value == object) return std::string(label.text);
      }
      return nullptr;
    } else {
      return write_fields(object);
    }
  }

 private:
  template <typename Object>
  static Json write_fields(const Object& object) {
    Json json = Json::object();
    const Object defaults;
    visit_fields(Of<Object>(), [&](const char* name, auto member) {
      if (!(object.*member == defaults.*member)) json[name] = write(object.*member);
    });
    return json;
  }
};

}  // namespace

std::string write_json(const Catalog& catalog) {
  Catalog shortened = catalog;
  for (auto& [key, table] : shortened.tables) {
    if (table.name == sql::QualifiedName{catalog.schema, key}) table.name = {};
  }
  constexpr int k_indent = 2;
  constexpr bool k_only_ascii = false;
  // A database of encoding SQL_ASCII may have names that are no UTF-8.
  return Writer::write(shortened).dump(k_indent, ' ', k_only_ascii,
                                       Json::error_handler_t::replace) +
         "\n";
}

}  // namespace rehome::catalog
