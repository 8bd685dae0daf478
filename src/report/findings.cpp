#include "report/findings.h"

#include <nlohmann/json.hpp>

namespace rehome::report {

std::string write_findings_json(const base::Diagnostics& findings) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const base::Diagnostic& each : base::sorted_by_position(findings)) {
    list.push_back({{"code", each.code},
                    {"severity", each.severity == base::Severity::error ? "error" : "warning"},
                    {"file", each.position.file},
                    {"line", each.position.line},
                    {"column", each.position.column},
                    {"message", each.message},
                    {"help", each.hint}});
  }
  return Json{{"findings", list}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rehome::report
