// The keys of the mapping language: one table, from which the loader refuses unknown keys, the
// documentation lists them and the JSON Schema is written.
//
// Promise: constant data; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rehome::mapping {

enum class FieldKind {
  text,         // any text, after ${VAR} in source and target
  name,         // a name as it stands in the catalog
  expression,   // SQL
  count,        // a whole number, at least 1
  size,         // bytes: 16MB
  percent,      // 1%
  word,         // one of `words`
  choice,       // one of `words`, or a map of its own: `shape`
  names,        // a list of names
  expressions,  // a map: name → SQL
  constants,    // a map: name → constant
  object,       // a map of its own: `shape`
  objects,      // a map: name → `shape`
  settings,     // a map: target column → constant, or NULL
  columns,      // target column → expression or construct
  key,          // the legacy key: expression, list of them, or map expression → target column
  other,        // described in `doc` alone
};

struct Shape;

struct Field {
  std::string_view name;
  FieldKind kind = FieldKind::other;
  std::string_view doc;  // one line
  bool required = false;
  std::vector<std::string_view> words = {};
  const Shape* shape = nullptr;
  bool not_yet = false;  // part of the language, but not of this version
};

struct Shape {
  std::string_view name;  // what messages call it, e.g. `an entity`
  std::vector<Field> fields;
};

const Shape& mapping_shape();
const Shape& source_shape();
const Shape& target_shape();
const Shape& defaults_shape();
const Shape& default_adopt_shape();
const Shape& adopt_shape();
const Shape& ignore_shape();
const Shape& deletes_shape();
const Shape& detect_shape();
const Shape& entity_shape();
const Shape& join_shape();
const Shape& changed_at_shape();
const Shape& pick_shape();
const Shape& unique_shape();
// The options every construct of a column may have beside its own.
const Shape& column_options_shape();

// What a Markdown table says a field holds.
std::string describe(const Field& field);
// The fields as a Markdown table: key, value, meaning.
std::string write_field_table(const std::vector<Field>& fields);

}  // namespace rehome::mapping
