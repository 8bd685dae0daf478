#pragma once
// Every value of the twin is a function of (seed, table, column, row): no clock, no state, no
// locale. So the same seed gives the same database on any machine. Pure.

#include <cstdint>
#include <string>
#include <string_view>

namespace dental {

constexpr std::uint64_t splitmix64(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

constexpr std::uint64_t hash_name(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char letter : name) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3ULL;
  }
  return hash;
}

// A stream of numbers that belongs to one field of one row.
class Draw {
 public:
  constexpr Draw(std::uint64_t seed, std::string_view table, std::string_view column,
                 std::uint64_t row)
      : state_(splitmix64(seed ^ splitmix64(hash_name(table) ^ splitmix64(hash_name(column))))) {
    state_ = splitmix64(state_ ^ splitmix64(row));
  }

  constexpr std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    return splitmix64(state_);
  }
  constexpr std::uint64_t below(std::uint64_t limit) { return next() % limit; }
  constexpr bool percent(unsigned share) { return below(100) < share; }

 private:
  std::uint64_t state_;
};

// Two draws never stand in one argument list: compilers evaluate those in orders of their own.

// `count` times 16 hexadecimal digits.
std::string draw_hex(Draw& draw, int count);
// A number from `first` to just below `first + limit`, with two decimals.
std::string draw_decimal(Draw& draw, std::uint64_t first, std::uint64_t limit);

}  // namespace dental
