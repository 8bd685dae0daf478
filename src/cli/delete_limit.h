// `--max-deletes`: how many rows that are gone may be deleted or marked.
#pragma once

#include <optional>
#include <string>

#include "run/leaving.h"

namespace rehome::cli {

// `5%` or `120`; nothing for anything else.
std::optional<run::DeleteLimit> parse_delete_limit(const std::string& text);

}  // namespace rehome::cli
