// YAML text → Mapping, or everything that is wrong with it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "mapping/mapping.h"

namespace rehome::mapping {

// Looks up ${NAME}; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

// Parses and checks a mapping. All problems of the file are reported together, never only the
// first. `file` is the name shown in diagnostics.
base::Result<Mapping> load(const std::string& file, std::string text,
                           const Environment& environment);

// Reads the file and the process environment. A file that cannot be read is a diagnostic (E1001).
base::Result<Mapping> load_file(const std::string& path);

// The JSON Schema (draft-07) of the mapping language, made from the field table the loader uses.
std::string write_json_schema();

}  // namespace rehome::mapping
