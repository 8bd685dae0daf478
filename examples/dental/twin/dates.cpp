#include "dates.h"

#include <fmt/format.h>

namespace dental {
namespace {

constexpr std::int64_t k_day_seconds = 86400;
constexpr std::int64_t k_first_day = 15340;    // 2012-01-01
constexpr std::int64_t k_last_day = 20388;     // 2025-10-27
constexpr std::int64_t k_first_birth = -9131;  // 1945-01-01

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Howard Hinnant's algorithm, for days since 1970-01-01 of the years 1 and later.
Civil civil_of(std::int64_t days) {
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = shifted / 146097;
  const auto day_of_era = static_cast<unsigned>(shifted - era * 146097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {era * 400 + year_of_era + (month <= 2 ? 1 : 0), month, day};
}

}  // namespace

std::string format_date(std::int64_t days) {
  const Civil civil = civil_of(days);
  return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}

std::string format_time(std::int64_t microseconds) {
  const std::int64_t seconds = microseconds / 1000000;
  const std::int64_t second_of_day = seconds % k_day_seconds;
  return fmt::format("{} {:02}:{:02}:{:02}.{:06}", format_date(seconds / k_day_seconds),
                     second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60,
                     microseconds % 1000000);
}

std::int64_t draw_moment(Draw& draw) {
  const auto days = static_cast<std::int64_t>(draw.below(k_last_day - k_first_day));
  const auto rest = static_cast<std::int64_t>(draw.below(k_day_seconds * 1000000));
  return (k_first_day + days) * k_day_seconds * 1000000 + rest;
}

std::string draw_timestamp(Draw& draw) { return format_time(draw_moment(draw)) + "+00"; }

std::string draw_local_time(Draw& draw) {
  const std::int64_t day =
      k_first_day + static_cast<std::int64_t>(draw.below(k_last_day - k_first_day));
  const std::int64_t second = 8 * 3600 + static_cast<std::int64_t>(draw.below(10 * 3600));
  return format_time((day * k_day_seconds + second) * 1000000);
}

std::string draw_birthdate(Draw& draw) {
  return format_date(k_first_birth + static_cast<std::int64_t>(draw.below(25000)));
}

}  // namespace dental
