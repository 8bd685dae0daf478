#include "plan/golden.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "mapping/load.h"
#include "plan/write.h"

namespace rehome::plan {

namespace {

using Json = nlohmann::ordered_json;

Json write_refused(const base::Diagnostic& refused) {
  return {{"code", refused.code},
          {"line", refused.position.line},
          {"column", refused.position.column},
          {"message", refused.message},
          {"hint", refused.hint}};
}

base::Diagnostic parse_refused(const Json& json) {
  base::Diagnostic refused;
  refused.code = json.at("code");
  refused.position = {"rehome.yaml", json.at("line"), json.at("column")};
  refused.message = json.at("message");
  refused.hint = json.at("hint");
  return refused;
}

std::string render(const base::Diagnostics& diagnostics, const std::string& text) {
  return base::render(diagnostics, base::SourceText("rehome.yaml", text));
}

}  // namespace

std::vector<std::filesystem::path> golden_folders() {
  std::vector<std::filesystem::path> folders;
  for (const auto& each :
       std::filesystem::directory_iterator(REHOME_SOURCE_DIR "/tests/plan/compile")) {
    folders.push_back(each.path());
  }
  std::sort(folders.begin(), folders.end());
  REQUIRE_FALSE(folders.empty());
  return folders;
}

bool is_blessing() { return std::getenv("REHOME_BLESS") != nullptr; }

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string write_json(const Described& described) {
  Json answers = Json::object();
  for (const auto& [question, answer] : described.answers) {
    Json json{{"oid", answer.oid}, {"type", answer.text}};
    if (answer.modifier >= 0) json["modifier"] = answer.modifier;
    answers[question] = std::move(json);
  }
  Json json{{"answers", std::move(answers)}, {"refused", Json::array()}};
  for (const auto& each : described.refused) json["refused"].push_back(write_refused(each));
  return json.dump(2) + "\n";
}

Described parse_described(const std::string& text) {
  Described described;
  const Json json = Json::parse(text);
  for (const auto& [question, answer] : json.at("answers").items()) {
    described.answers[question] = {answer.at("oid"), answer.value("modifier", -1),
                                   answer.at("type")};
  }
  for (const Json& each : json.at("refused")) described.refused.push_back(parse_refused(each));
  return described;
}

base::Result<mapping::Mapping> load_mapping(const std::string& text) {
  return mapping::load("rehome.yaml", text, [](const std::string&) {
    return std::optional<std::string>("service=test");
  });
}

Outcome compile_case(const std::string& text, const catalog::Catalog& source,
                     const catalog::Catalog& target, const Described& described) {
  const auto mapping = load_mapping(text);
  if (!mapping) return {std::nullopt, render(mapping.error(), text)};
  Compiler compiler(*mapping, source, target);
  base::Diagnostics findings = compiler.findings();
  findings.insert(findings.end(), described.refused.begin(), described.refused.end());
  if (base::has_errors(findings)) return {std::nullopt, render(findings, text)};
  auto plan = compiler.compile(described.answers);
  if (!plan) return {std::nullopt, render(plan.error(), text)};
  return {std::move(*plan), ""};
}

void check_golden(const std::filesystem::path& folder, const Outcome& outcome) {
  const std::string sql = outcome.plan ? write_sql(*outcome.plan) : "";
  const std::string json = outcome.plan ? write_json(*outcome.plan) : "";
  const std::pair<const char*, const std::string&> files[] = {
      {"plan.sql", sql}, {"plan.json", json}, {"errors.txt", outcome.errors}};
  if (is_blessing()) std::filesystem::create_directory(folder / "expected");
  for (const auto& each : files) {
    const char* const name = each.first;  // Clang 14 captures no structured binding
    const std::string& text = each.second;
    CAPTURE(name);
    if (is_blessing()) {
      if (text.empty()) {
        std::filesystem::remove(folder / "expected" / name);
      } else {
        write_file(folder / "expected" / name, text);
      }
    }
    CHECK(text == read_file(folder / "expected" / name));
  }
}

}  // namespace rehome::plan
