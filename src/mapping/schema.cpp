#include <nlohmann/json.hpp>

#include "mapping/construct_registry.h"
#include "mapping/load.h"

namespace rehome::mapping {

namespace {

using Json = nlohmann::ordered_json;

Json object_schema(const std::vector<Field>& fields);

Json expression() { return {{"type", "string"}, {"minLength", 1}}; }
Json expressions() { return {{"type", "object"}, {"additionalProperties", expression()}}; }

Json any_column() {
  Json choices = Json::array({expression()});
  for (const ConstructKind* kind : construct_kinds()) {
    choices.push_back({{"$ref", "#/definitions/" + std::string(kind->name)}});
  }
  return {{"oneOf", choices}};
}

Json key_schema() {
  Json map = {
      {"type", "object"}, {"minProperties", 1}, {"additionalProperties", {{"type", "string"}}}};
  Json list = {{"type", "array"}, {"minItems", 1}, {"items", expression()}};
  return {{"oneOf", Json::array({expression(), list, map})}};
}

Json value_schema(const Field& field) {
  switch (field.kind) {
    case FieldKind::count:
      return {{"type", "integer"}, {"minimum", 1}};
    case FieldKind::size:
      return {{"type", {"string", "integer"}}};
    case FieldKind::percent:
    case FieldKind::name:
    case FieldKind::expression:
      return expression();
    case FieldKind::text:
      return {{"type", {"string", "number", "boolean"}}};
    case FieldKind::word:
      if (field.words.size() == 1 && field.words.front() == "true") return {{"const", true}};
      return {{"enum", field.words}};
    case FieldKind::choice:
      return {
          {"oneOf", Json::array({{{"enum", field.words}}, object_schema(field.shape->fields)})}};
    case FieldKind::settings:
      return {{"type", "object"},
              {"minProperties", 1},
              {"additionalProperties", {{"type", {"string", "number", "boolean", "null"}}}}};
    case FieldKind::names:
      return {{"type", "array"}, {"items", expression()}};
    case FieldKind::expressions:
      return expressions();
    case FieldKind::constants:
      return {{"type", "object"},
              {"minProperties", 1},
              {"additionalProperties", {{"type", {"string", "number", "boolean"}}}}};
    case FieldKind::object:
      return object_schema(field.shape->fields);
    case FieldKind::objects:
      return {{"type", "object"}, {"additionalProperties", object_schema(field.shape->fields)}};
    case FieldKind::columns:
      return {{"type", "object"}, {"additionalProperties", any_column()}};
    case FieldKind::key:
      return key_schema();
    case FieldKind::other:
      break;
  }
  return Json::object();
}

Json object_schema(const std::vector<Field>& fields) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : fields) {
    if (field.not_yet) continue;
    Json value = value_schema(field);
    value["description"] = field.doc;
    properties[std::string(field.name)] = std::move(value);
    if (field.required) required.push_back(field.name);
  }
  return {{"type", "object"},
          {"additionalProperties", false},
          {"required", required},
          {"properties", properties}};
}

Json construct_schema(const ConstructKind& kind) {
  std::vector<Field> fields = kind.fields;
  const auto& options = column_options_shape().fields;
  fields.insert(fields.end(), options.begin(), options.end());
  Json schema = object_schema(fields);
  schema["description"] = kind.documentation;
  return schema;
}

}  // namespace

std::string write_json_schema() {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "rehome mapping"},
                 {"description", "Where each table, column and key of a PostgreSQL database goes"}};
  schema.update(object_schema(mapping_shape().fields));
  schema["properties"]["version"] = {{"const", 1}, {"description", "Version of the language: 1"}};
  Json definitions = Json::object();
  for (const ConstructKind* kind : construct_kinds()) {
    definitions[std::string(kind->name)] = construct_schema(*kind);
  }
  schema["definitions"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

}  // namespace rehome::mapping
