#include "plan/type_text.h"

#include <fmt/format.h>

namespace rehome::plan {

namespace {

struct IntervalRange {
  int mask;
  std::string_view text;
};

constexpr int k_month = 1 << 1;
constexpr int k_year = 1 << 2;
constexpr int k_day = 1 << 3;
constexpr int k_hour = 1 << 10;
constexpr int k_minute = 1 << 11;
constexpr int k_second = 1 << 12;
constexpr int k_no_precision = 0xffff;

constexpr IntervalRange k_interval_ranges[] = {
    {k_year, " year"},
    {k_month, " month"},
    {k_day, " day"},
    {k_hour, " hour"},
    {k_minute, " minute"},
    {k_second, " second"},
    {k_year | k_month, " year to month"},
    {k_day | k_hour, " day to hour"},
    {k_day | k_hour | k_minute, " day to minute"},
    {k_day | k_hour | k_minute | k_second, " day to second"},
    {k_hour | k_minute, " hour to minute"},
    {k_hour | k_minute | k_second, " hour to second"},
    {k_minute | k_second, " minute to second"},
};

std::string interval_modifier(int modifier) {
  std::string text;
  const int range = (modifier >> 16) & 0x7fff;
  for (const IntervalRange& each : k_interval_ranges) {
    if (each.mask == range) text = each.text;
  }
  const int precision = modifier & 0xffff;
  return precision == k_no_precision ? text : fmt::format("{}({})", text, precision);
}

std::string modifier_text(std::string_view name, int modifier) {
  if (modifier < 0) return "";
  if (name == "numeric")
    return fmt::format("({},{})", numeric_precision(modifier), numeric_scale(modifier));
  if (name == "varchar" || name == "bpchar") return fmt::format("({})", modifier - 4);
  if (name == "bit" || name == "varbit" || name.starts_with("time"))
    return fmt::format("({})", modifier);
  if (name == "interval") return interval_modifier(modifier);
  return "";
}

}  // namespace

TypeClass class_of(Oid type) {
  const std::string_view name = catalog::find_builtin_name(type);
  if (name == "text" || name == "bpchar" || name == "varchar" || name == "name") {
    return TypeClass::text;
  }
  constexpr Oid k_unknown = 705;
  if (type == k_unknown) return TypeClass::text;
  if (is_integer(type)) return TypeClass::integer;
  if (name == "numeric") return TypeClass::number;
  if (name == "float4" || name == "float8") return TypeClass::floating;
  if (name == "bool") return TypeClass::boolean;
  if (name == "timestamp") return TypeClass::timestamp;
  if (name == "timestamptz") return TypeClass::timestamptz;
  if (name == "date") return TypeClass::date;
  if (name == "json" || name == "jsonb") return TypeClass::json;
  return TypeClass::other;
}

bool is_integer(Oid type) { return type == 20 || type == 21 || type == 23; }

int integer_width(Oid type) { return type == 21 ? 2 : type == 23 ? 4 : 8; }

int numeric_precision(int modifier) { return ((modifier - 4) >> 16) & 0xffff; }

// The scale is an 11-bit signed number since PostgreSQL 15.
int numeric_scale(int modifier) {
  const int scale = (modifier - 4) & 0x7ff;
  return (scale ^ 1024) - 1024;
}

std::string builtin_type_text(Oid type, int modifier) {
  std::string_view name = catalog::find_builtin_name(type);
  const bool array = name.starts_with('_');
  if (array) name.remove_prefix(1);
  // The grammar takes these words for char(1) and bit(1).
  const bool shortened = name == "char" || (name == "bit" && modifier < 0);
  std::string text = shortened ? fmt::format("\"{}\"", name) : std::string(name);
  text += modifier_text(name, modifier);
  return array ? text + "[]" : text;
}

}  // namespace rehome::plan
