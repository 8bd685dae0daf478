#include "report/rows.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/printable.h"

namespace rehome::report {

using Json = nlohmann::ordered_json;

std::string write_short_key(const std::string& json) {
  const Json key = Json::parse(json);
  if (key.size() != 1 || !key.begin()->is_string()) return json;
  const std::string text = key.begin()->get<std::string>();
  return text.starts_with('{') ? json : text;
}

std::string write_named_row(const ledger::NamedRow& row) {
  return fmt::format("{}, in the target {}", write_printable(write_short_key(row.legacy_key)),
                     write_printable(write_short_key(row.target_key)));
}

std::string write_named_row_json(const ledger::NamedRow& row) {
  const Json json = {{"legacy", Json::parse(row.legacy_key)},
                     {"target", Json::parse(row.target_key)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rehome::report
