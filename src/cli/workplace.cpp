#include "cli/workplace.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/failure.h"
#include "mapping/load.h"
#include "pg/error.h"
#include "pg/session.h"
#include "report/printable.h"

namespace rehome::cli {

namespace {

base::SourceText read_source_text(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return {path, text.str()};
}

// What lies below the working directory is named from there: every finding says it again.
std::string seen_from_here(const std::string& path) {
  std::error_code unknown;
  const std::filesystem::path here = std::filesystem::current_path(unknown);
  if (unknown || !std::filesystem::path(path).is_absolute()) return path;
  const std::string relative = std::filesystem::path(path).lexically_relative(here).string();
  return relative.empty() || relative.starts_with("..") ? path : relative;
}

std::optional<mapping::Mapping> load(const Options& options, run::ExitCode& exit_code) {
  const std::string path = seen_from_here(options.mapping);
  auto mapping = mapping::load_file(path);
  if (mapping) return std::move(*mapping);
  exit_code = tell(mapping.error(), read_source_text(path), options.json);
  return std::nullopt;
}

// What libpq cannot make a connection of, before it has reached anything, is a mistake in the file
// or in what the file takes from the environment.
bool is_unusable_url(const pg::Error& error) {
  return error.sqlstate() == "F0000" && !error.fields().message.starts_with("connection to server");
}

std::unique_ptr<pg::Connection> connect(pg::Side side, const mapping::Text& url,
                                        const base::SourceText& text, bool json,
                                        run::ExitCode& exit_code) {
  try {
    return std::make_unique<pg::Connection>(side, url.value, "rehome");
  } catch (const pg::Error& error) {
    if (!is_unusable_url(error)) throw;
    exit_code = tell({{"E4202", base::Severity::error, url.position, 1,
                       "no connection can be made of this url: " + error.fields().message,
                       "check it, the PG* variables and the service file"}},
                     text, json);
    return nullptr;
  }
}

}  // namespace

std::string write_flags(const Options& options) {
  return options.mapping_named ? " -f " + report::write_shell_word(options.mapping) : "";
}

std::optional<Workplace> open_workplace(const Options& options, run::ExitCode& exit_code) {
  auto mapping = load(options, exit_code);
  if (!mapping) return std::nullopt;
  const base::SourceText text = mapping->source_text;
  Workplace place;
  place.source = connect(pg::Side::source, mapping->source.url, text, options.json, exit_code);
  if (place.source == nullptr) return std::nullopt;
  place.target = connect(pg::Side::target, mapping->target.url, text, options.json, exit_code);
  if (place.target == nullptr) return std::nullopt;
  pg::prepare_source_session(*place.source, mapping->source.schema.value);
  pg::prepare_target_session(*place.target);
  auto compiled = run::compile(std::move(*mapping), *place.source, *place.target);
  if (!compiled) {
    exit_code = tell(compiled.error(), text, options.json);
    return std::nullopt;
  }
  place.compiled = std::move(*compiled);
  return place;
}

std::optional<TargetPlace> open_target(const Options& options, run::ExitCode& exit_code) {
  auto mapping = load(options, exit_code);
  if (!mapping) return std::nullopt;
  TargetPlace place;
  place.mapping = std::move(*mapping);
  place.target = connect(pg::Side::target, place.mapping.target.url, place.mapping.source_text,
                         options.json, exit_code);
  if (place.target == nullptr) return std::nullopt;
  return place;
}

std::vector<std::string> list_entities(const mapping::Mapping& mapping) {
  std::vector<std::string> names;
  for (const mapping::Entity& each : mapping.entities) names.push_back(each.name.value);
  return names;
}

}  // namespace rehome::cli
