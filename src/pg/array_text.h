// PostgreSQL's text form of a one-dimensional array of texts, as in `{a,"b \"c\"",""}`. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rehome::pg {

// The elements; a NULL is the text "NULL" (our own queries have none). ensure()s that it is the
// form of an array.
std::vector<std::string> parse_text_array(std::string_view text);

}  // namespace rehome::pg
