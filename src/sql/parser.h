// libpg_query's parser behind values.
//
// Promise: offsets are 0-based bytes of the text given. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace rehome::sql {

struct SyntaxError {
  std::string message;  // the parser's
  std::size_t offset = 0;
};

struct ParseOutcome {
  std::string tree;  // JSON; empty when there is an error
  std::optional<SyntaxError> error;
};

ParseOutcome parse_statements(const std::string& text);

}  // namespace rehome::sql
