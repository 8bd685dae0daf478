#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <type_traits>

#include "catalog/fields.h"

namespace rehome::catalog {

namespace {

using Json = nlohmann::ordered_json;

// Where we are in the text, for messages; the outermost has no parent.
struct Path {
  const Path* parent;
  std::string step;

  std::string text() const { return parent == nullptr ? step : parent->text() + "." + step; }
};

[[noreturn]] void fail(const Path& at, const std::string& what) {
  throw std::runtime_error("catalog snapshot: " + at.text() + ": " + what);
}

// A class only so that each function may call every other.
class Reader {
 public:
  static void read(const Json& json, const Path& at, bool& value) {
    if (!json.is_boolean()) fail(at, "true or false is expected");
    value = json.get<bool>();
  }

  static void read(const Json& json, const Path& at, int& value) {
    value = read_number<int>(json, at);
  }

  static void read(const Json& json, const Path& at, double& value) {
    if (!json.is_number()) fail(at, "a number is expected");
    value = json.get<double>();
  }

  static void read(const Json& json, const Path& at, std::string& value) {
    if (!json.is_string()) fail(at, "a text is expected");
    value = json.get<std::string>();
  }

  static void read(const Json& json, const Path& at, Oid& type) {
    if (!json.is_string()) {
      type = read_number<Oid>(json, at);
      return;
    }
    type = find_builtin_oid(json.get<std::string>());
    if (type == 0) fail(at, "an oid or the name of a built-in type is expected");
  }

  template <typename Element>
  static void read(const Json& json, const Path& at, std::vector<Element>& elements) {
    if (!json.is_array()) fail(at, "an array is expected");
    for (const Json& element : json) {
      const Path here{&at, std::to_string(elements.size())};
      read(element, here, elements.emplace_back());
    }
  }

  static void read(const Json& json, const Path& at, std::map<std::string, Table>& tables) {
    if (!json.is_object()) fail(at, "an object is expected");
    for (const auto& item : json.items()) {
      read(item.value(), Path{&at, item.key()}, tables[item.key()]);
    }
  }

  static void read(const Json& json, const Path& at, std::map<Oid, Type>& types) {
    if (!json.is_object()) fail(at, "an object is expected");
    for (const auto& item : json.items()) {
      const Path here{&at, item.key()};
      Type type;
      read(item.value(), here, type);
      const Oid oid = parse_oid(item.key(), here);
      if (type.oid == 0) type.oid = oid;
      types[oid] = std::move(type);
    }
  }

  template <typename Object>
  static void read(const Json& json, const Path& at, Object& object) {
    if constexpr (std::is_enum_v<Object>) {
      object = read_label<Object>(json, at);
    } else {
      read_fields(json, at, object);
    }
  }

 private:
  template <typename Number>
  static Number read_number(const Json& json, const Path& at) {
    if (!json.is_number_integer()) fail(at, "an integer is expected");
    const auto value = json.get<std::int64_t>();
    if (value < std::numeric_limits<Number>::min() || value > std::numeric_limits<Number>::max()) {
      fail(at, "the number is out of range");
    }
    return static_cast<Number>(value);
  }

  static Oid parse_oid(const std::string& text, const Path& at) {
    Oid oid = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, oid);
    if (failure != std::errc() || rest != end) fail(at, "the key is no oid");
    return oid;
  }

  template <typename Enumeration>
  static Enumeration read_label(const Json& json, const Path& at) {
    std::string text;
    read(json, at, text);
    for (const auto& label : labels_of(Of<Enumeration>())) {
      if (label.text == text) return label.value;
    }
    fail(at, "this is none of the values it may have");
  }

  template <typename Object>
  static void read_fields(const Json& json, const Path& at, Object& object) {
    if (!json.is_object()) fail(at, "an object is expected");
    std::size_t known = 0;
    visit_fields(Of<Object>(), [&](const char* name, auto member) {
      const auto found = json.find(name);
      if (found == json.end()) return;
      ++known;
      read(*found, Path{&at, name}, object.*member);
    });
    if (known != json.size()) fail_unknown_key<Object>(json, at);
  }

  template <typename Object>
  [[noreturn]] static void fail_unknown_key(const Json& json, const Path& at) {
    for (const auto& item : json.items()) {
      bool known = false;
      visit_fields(Of<Object>(),
                   [&](const char* name, auto) { known = known || item.key() == name; });
      if (!known) fail(Path{&at, item.key()}, "no such key is known");
    }
    fail(at, "a key is there twice");
  }
};

// What the text leaves out because it stands in a key or a place.
void complete(Catalog& catalog) {
  for (auto& [key, table] : catalog.tables) {
    if (table.name == sql::QualifiedName()) table.name = {catalog.schema, key};
    int place = 0;
    for (Column& column : table.columns) {
      ++place;
      if (column.number == 0) column.number = place;
    }
  }
}

}  // namespace

Catalog parse_json(std::string_view text) {
  const Path root{nullptr, "$"};
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) fail(root, "this is not JSON");
  Catalog catalog;
  Reader::read(json, root, catalog);
  complete(catalog);
  return catalog;
}

}  // namespace rehome::catalog
