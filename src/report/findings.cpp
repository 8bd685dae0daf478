#include "report/findings.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace rehome::report {

std::string write_findings_json(const base::Diagnostics& findings) {
  using Json = nlohmann::ordered_json;
  base::Diagnostics sorted = findings;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return std::tie(a.position.line, a.position.column) <
           std::tie(b.position.line, b.position.column);
  });
  Json list = Json::array();
  for (const base::Diagnostic& each : sorted) {
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
