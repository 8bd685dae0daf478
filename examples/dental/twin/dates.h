#pragma once
// Points in time as PostgreSQL reads them. Whole numbers only: no clock, no time zone data. Pure.

#include <cstdint>
#include <string>

#include "random.h"

namespace dental {

// 1970-01-01 plus this many days, as 2024-02-29.
std::string format_date(std::int64_t days);
// 1970-01-01 plus this many microseconds, as 2024-02-29 08:15:00.000123, without a zone.
std::string format_time(std::int64_t microseconds);

// A moment between 2012 and the cut of stage t1, 27 October 2025.
std::int64_t draw_moment(Draw& draw);
// The same in UTC, ready for a timestamptz.
std::string draw_timestamp(Draw& draw);
// A local time by day, never one that daylight saving skips or doubles.
std::string draw_local_time(Draw& draw);
std::string draw_birthdate(Draw& draw);

}  // namespace dental
