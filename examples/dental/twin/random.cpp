#include "random.h"

#include <fmt/format.h>

namespace dental {

std::string draw_hex(Draw& draw, int count) {
  std::string digits;
  for (int part = 0; part < count; ++part) {
    digits += fmt::format("{:016x}", draw.next());
  }
  return digits;
}

std::string draw_decimal(Draw& draw, std::uint64_t first, std::uint64_t limit) {
  const std::uint64_t whole = first + draw.below(limit);
  return fmt::format("{}.{:02}", whole, draw.below(100));
}

}  // namespace dental
