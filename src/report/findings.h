// Findings as JSON.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace rehome::report {

// `{"findings": [{"code", "severity", "file", "line", "column", "message", "help"}]}`, in the order
// of the file.
std::string write_findings_json(const base::Diagnostics& findings);

}  // namespace rehome::report
