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

std::string write_bytes(std::int64_t bytes) {
  constexpr double k_step = 1000;
  if (bytes < static_cast<std::int64_t>(k_step)) return write_amount(bytes, "byte", "bytes");
  auto amount = static_cast<double>(bytes);
  std::string unit;
  for (const char* each : {"kB", "MB", "GB", "TB"}) {
    if (amount < k_step) break;
    amount /= k_step;
    unit = each;
  }
  return amount < 10 ? fmt::format("{:.1f} {}", amount, unit)
                     : fmt::format("{:.0f} {}", amount, unit);
}

std::string write_seconds(std::int64_t seconds) {
  constexpr std::int64_t k_minute = 60;
  constexpr std::int64_t k_hour = 3600;
  if (seconds < 1) return "less than a second";
  if (seconds < k_minute) return fmt::format("{} s", seconds);
  if (seconds < k_hour) return fmt::format("{} min {} s", seconds / k_minute, seconds % k_minute);
  return fmt::format("{} h {} min", seconds / k_hour, seconds % k_hour / k_minute);
}

}  // namespace rehome::base
