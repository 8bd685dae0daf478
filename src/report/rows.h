// Rows that need a person, by both their keys.
#pragma once

#include <string>
#include <vector>

#include "ledger/accounting.h"

namespace rehome::report {

// {"id": "123"} → 123; composite keys stay JSON, and so does what looks like it.
std::string write_short_key(const std::string& json);

// `  123, in the target 0f…`: one line.
std::string write_named_row(const ledger::NamedRow& row);

// `{"legacy": …, "target": …}`
std::string write_named_row_json(const ledger::NamedRow& row);

}  // namespace rehome::report
