// Reads values of the expected kind out of YAML nodes; what does not fit becomes a problem with its
// place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/fields.h"
#include "mapping/problems.h"
#include "mapping/yaml.h"

namespace rehome::mapping {

// Refuses unknown keys (E1102), keys of later versions (E1103), missing ones (E1104). False when
// `node` is no map at all.
bool check_members(const Node& node, const Shape& shape, Problems& problems);
// As above, with the fields of several shapes; `what` is the noun in messages.
bool check_members(const Node& node, std::string_view what, const std::vector<Field>& fields,
                   Problems& problems);

// Each returns nothing after reporting. `what` names the value in messages.
std::optional<Text> read_text(const Node& node, std::string_view what, Problems& problems);
// A name of the catalog, taken literally; a name in SQL's double quotes loses them.
std::optional<Text> read_name(const Node& node, std::string_view what, Problems& problems);
std::optional<Expression> read_expression(const Node& node, std::string_view what,
                                          Problems& problems);
std::optional<std::int64_t> read_count(const Node& node, std::string_view what, std::int64_t most,
                                       Problems& problems);
// `16MB`, `512kB` or plain bytes.
std::optional<std::int64_t> read_size(const Node& node, std::string_view what, Problems& problems);
// `1%`.
std::optional<double> read_percent(const Node& node, std::string_view what, Problems& problems);
// One of the field's words that this version knows; `supported` empty means all.
std::optional<std::string> read_word(const Node& node, const Field& field,
                                     const std::vector<std::string_view>& supported,
                                     Problems& problems);
std::vector<Text> read_names(const Node& node, std::string_view what, Problems& problems);

// `words` as "`a`, `b` or `c`".
std::string list_words(const std::vector<std::string_view>& words);

// "did you mean …?", or the names there are. One of a handful of letters resembles everything, so
// short words get the list.
std::string suggest_name(std::string_view word, const std::vector<std::string>& names);

// The field of that name; a bug if there is none.
const Field& field_of(const Shape& shape, std::string_view name);

}  // namespace rehome::mapping
