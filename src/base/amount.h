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

// `17 bytes`, `3.4 kB`, `120 MB`: powers of 1,000, two digits at least.
std::string write_bytes(std::int64_t bytes);

// `less than a second`, `14 s`, `3 min 5 s`, `2 h 4 min`
std::string write_seconds(std::int64_t seconds);

}  // namespace rehome::base
