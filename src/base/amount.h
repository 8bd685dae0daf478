// Counts as people read them. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rehome::base {

// `1,234,567`
std::string group_digits(std::int64_t number);

// `1 row`, `1,234 rows`
std::string write_amount(std::int64_t count, std::string_view one, std::string_view many);

}  // namespace rehome::base
