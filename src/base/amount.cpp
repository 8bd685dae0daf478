#include "base/amount.h"

#include <fmt/core.h>

namespace rehome::base {

std::string group_digits(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t place = digits.size(); place > first + 3; place -= 3)
    digits.insert(place - 3, ",");
  return digits;
}

std::string write_amount(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", group_digits(count), count == 1 ? one : many);
}

}  // namespace rehome::base
