#include "ledger/quarantine.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/suggestion.h"
#include "cli/failure.h"
#include "cli/options.h"
#include "cli/workplace.h"
#include "ledger/schema.h"
#include "report/printable.h"
#include "report/quarantine.h"

namespace rehome::cli {

namespace {

std::optional<TargetPlace> open_ledger(const Options& options, run::ExitCode& exit_code) {
  auto place = open_target(options, exit_code);
  if (!place) return std::nullopt;
  if (ledger::exists(*place->target)) return place;
  fmt::print(stderr, "no run yet: `rehome sync{}` makes the first\n", write_flags(options));
  exit_code = run::ExitCode::done;
  return std::nullopt;
}

bool knows_entity(const Options& options, const mapping::Mapping& mapping) {
  if (mapping.find_entity(options.entity) != nullptr) return true;
  const std::string hint = base::did_you_mean(options.entity, list_entities(mapping));
  refuse_usage(fmt::format("the mapping has no entity {}", options.entity),
               hint.empty()
                   ? "entities: " + fmt::format("{}", fmt::join(list_entities(mapping), ", "))
                   : hint);
  return false;
}

// The key as quarantine keeps it: parts are texts, people write numbers. Nothing when it is meant
// to be JSON and is none.
std::optional<std::string> parse_key(const std::string& key) {
  if (!key.starts_with('{')) return key;
  auto json = nlohmann::json::parse(key, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  for (auto& [name, value] : json.items()) {
    if (value.is_number_integer()) value = value.dump();
    if (!value.is_string() && !value.is_null()) return std::nullopt;
  }
  return json.dump();
}

}  // namespace

run::ExitCode quarantine_list(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_ledger(options, exit_code);
  if (!place) return exit_code;
  if (!options.entity.empty() && !knows_entity(options, place->mapping))
    return run::ExitCode::usage;
  const auto groups = report::select_entities(
      ledger::read_held_groups(*place->target, options.entity), list_entities(place->mapping));
  fmt::print("{}", options.json ? report::write_held_json(groups)
                                : report::write_held(groups, write_flags(options)));
  return run::ExitCode::done;
}

run::ExitCode quarantine_show(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_ledger(options, exit_code);
  if (!place) return exit_code;
  if (!knows_entity(options, place->mapping)) return run::ExitCode::usage;
  const auto key = parse_key(options.key);
  if (!key) {
    return refuse_usage(
        fmt::format("the key {} is not a JSON object of texts and whole numbers", options.key),
        fmt::format("write it as `rehome quarantine list{} {}` does, in single quotes: "
                    "'{{\"order_id\": \"13400\", \"line_no\": \"1\"}}'",
                    write_flags(options), report::write_shell_word(options.entity)));
  }
  const auto held = ledger::read_held(*place->target, options.entity, *key);
  if (!held) {
    fmt::print(stderr, "rehome: {} holds no row with key {}\n",
               report::write_printable(options.entity), report::write_printable(options.key));
    return run::ExitCode::error;
  }
  fmt::print("{}",
             options.json ? report::write_held_row_json(*held) : report::write_held_row(*held));
  return run::ExitCode::done;
}

}  // namespace rehome::cli
