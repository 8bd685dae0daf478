// docs/mapping.md says what the loader knows: its tables and the chapter of constructs are
// generated. REHOME_BLESS=1 rewrites them.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "mapping/construct_registry.h"
#include "mapping/fields.h"
#include "mapping/sample.h"

namespace rehome::mapping {
namespace {

const char* const k_reference = REHOME_SOURCE_DIR "/docs/mapping.md";
constexpr std::string_view k_open = "<!-- generated: ";
constexpr std::string_view k_close = "<!-- end of generated -->";

std::string read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string read_reference() { return read(k_reference); }

std::string generate(const std::string& part) {
  if (part == "constructs") return write_construct_reference();
  const std::map<std::string, const Shape*> shapes = {{"mapping", &mapping_shape()},
                                                      {"source", &source_shape()},
                                                      {"target", &target_shape()},
                                                      {"defaults", &defaults_shape()},
                                                      {"default_adopt", &default_adopt_shape()},
                                                      {"adopt", &adopt_shape()},
                                                      {"ignore", &ignore_shape()},
                                                      {"deletes", &deletes_shape()},
                                                      {"detect", &detect_shape()},
                                                      {"changed_at", &changed_at_shape()},
                                                      {"entity", &entity_shape()},
                                                      {"join", &join_shape()},
                                                      {"pick", &pick_shape()},
                                                      {"column", &column_options_shape()},
                                                      {"unique", &unique_shape()}};
  const auto shape = shapes.find(part);
  if (shape == shapes.end()) FAIL("docs/mapping.md wants the unknown part " << part);
  return write_field_table(shape->second->fields);
}

// The text with every generated part made anew.
std::string regenerate(const std::string& text) {
  std::string result;
  std::size_t done = 0;
  for (auto at = text.find(k_open); at != std::string::npos; at = text.find(k_open, done)) {
    const auto name_end = text.find(" -->", at);
    const auto close = text.find(k_close, at);
    REQUIRE(name_end != std::string::npos);
    REQUIRE(close != std::string::npos);
    const std::string part = text.substr(at + k_open.size(), name_end - at - k_open.size());
    result += text.substr(done, name_end + 4 - done) + "\n" + generate(part);
    done = close;
  }
  return result + text.substr(done);
}

// The ```yaml blocks of a Markdown text.
std::vector<std::string> examples(std::string_view markdown) {
  constexpr std::string_view k_fence = "```yaml\n";
  std::vector<std::string> found;
  for (auto at = markdown.find(k_fence); at != std::string_view::npos;
       at = markdown.find(k_fence, at)) {
    at += k_fence.size();
    const auto end = markdown.find("```", at);
    found.emplace_back(markdown.substr(at, end - at));
    at = end;
  }
  return found;
}

std::string indent(const std::string& text) {
  std::string result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) result += "      " + line + "\n";
  return result;
}

TEST_CASE("the reference is up to date") {
  const std::string written = read_reference();
  REQUIRE_FALSE(written.empty());
  const std::string expected = regenerate(written);
  if (std::getenv("REHOME_BLESS") != nullptr)
    std::ofstream(k_reference, std::ios::binary) << expected;
  CHECK(read_reference() == expected);
}

TEST_CASE("the whole mappings in the reference load") {
  int count = 0;
  for (const std::string& example : examples(read_reference())) {
    if (example.rfind("version:", 0) != 0) continue;
    ++count;
    const auto result =
        load("docs/mapping.md", example, [](const std::string&) { return "service=x"; });
    if (!result)
      FAIL_CHECK(base::render(result.error(), base::SourceText("docs/mapping.md", example)));
  }
  CHECK(count >= 1);
}

TEST_CASE("the example of every construct loads") {
  std::string aliases;
  for (const char* alias : {"a", "f", "i", "l", "p", "r", "u"}) {
    aliases +=
        std::string("      ") + alias + ": {table: x, on: " + alias + ".id = t.x, one: optional}\n";
  }
  std::string parents;
  for (const char* parent : {"patients", "profiles", "offices", "countries"}) {
    parents += std::string("  ") + parent + ": {from: x, to: y, key: x.id, columns: {a: x.a}}\n";
  }
  parents += "  order_lines: {from: x, to: y, key: [x.order_id, x.number], columns: {a: x.a}}\n";
  for (const ConstructKind* kind : construct_kinds()) {
    CAPTURE(kind->name);
    for (const std::string& example : examples(kind->documentation)) {
      const std::string text =
          k_sample_head +
          "  things:\n    from: thing t\n    to: things\n    key: t.id\n    join:\n" + aliases +
          "    columns:\n" + indent(example) + parents;
      const auto result = load_text(text);
      if (!result) FAIL_CHECK(base::render(result.error(), base::SourceText("rehome.yaml", text)));
    }
  }
}

TEST_CASE("every error code the room prints is in the reference") {
  const std::string text = read_reference();
  for (const char* code : {"E1001", "E1002", "E1003", "E1004", "E1101", "E1102", "E1103",
                           "E1104", "E1201", "E1202", "E1203", "E1204", "E1205", "E1301",
                           "E1302", "E1303", "E1401", "E1402", "E1403", "E1404", "E1405"}) {
    CAPTURE(code);
    CHECK(text.find(std::string("| ") + code + " |") != std::string::npos);
  }
}

TEST_CASE("the JSON Schema for editors is up to date") {
  const std::string path = REHOME_SOURCE_DIR "/docs/mapping.schema.json";
  const auto bless = std::getenv("REHOME_BLESS") != nullptr;
  if (bless) std::ofstream(path, std::ios::binary) << write_json_schema();
  CHECK(read(path) == write_json_schema());
}

TEST_CASE("the JSON Schema knows every key and nothing that is not there") {
  const auto schema = nlohmann::json::parse(write_json_schema());
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  CHECK(schema["additionalProperties"] == false);
  const auto& entity = schema["properties"]["entities"]["additionalProperties"];
  CHECK(entity["properties"].contains("exclude"));
  CHECK_FALSE(entity["properties"].contains("was"));
  CHECK(entity["required"].dump().find("columns") != std::string::npos);
  const auto& choices = entity["properties"]["columns"]["additionalProperties"]["oneOf"];
  CHECK(choices.size() == construct_kinds().size() + 1);
  for (const auto& choice : choices) {
    if (!choice.contains("$ref")) continue;
    const std::string path = choice["$ref"].get<std::string>().substr(1);
    CHECK(schema.contains(nlohmann::json::json_pointer(path)));
  }
  CHECK(schema["definitions"]["json"]["properties"]["invalid"]["enum"].size() == 3);
  CHECK(schema["definitions"]["json"]["properties"].contains("owner"));
}

}  // namespace
}  // namespace rehome::mapping
