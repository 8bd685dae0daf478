// ${VAR}, ${VAR:-default}, ${VAR:?message} and $$ in a value.
#pragma once

#include <optional>
#include <string>

#include "mapping/load.h"
#include "mapping/problems.h"

namespace rehome::mapping {

// Nothing after reporting an unset variable or a malformed reference (E1204). The value never
// enters a message.
std::optional<std::string> expand(const Node& node, const Environment& environment,
                                  Problems& problems);

}  // namespace rehome::mapping
