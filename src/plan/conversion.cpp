#include "plan/conversion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "sql/identifier.h"

namespace rehome::plan {

namespace {

enum Type : Oid {
  k_bool = 16,
  k_bytea = 17,
  k_int8 = 20,
  k_int2 = 21,
  k_int4 = 23,
  k_text = 25,
  k_json = 114,
  k_float4 = 700,
  k_float8 = 701,
  k_unknown = 705,
  k_bpchar = 1042,
  k_varchar = 1043,
  k_date = 1082,
  k_time = 1083,
  k_timestamp = 1114,
  k_timestamptz = 1184,
  k_interval = 1186,
  k_timetz = 1266,
  k_numeric = 1700,
  k_uuid = 2950,
  k_jsonb = 3802,
  k_name = 19,
};

enum class Class {
  text,
  integer,
  number,
  floating,
  boolean,
  timestamp,
  timestamptz,
  date,
  json,
  other
};

Class class_of(Oid type) {
  switch (type) {
    case k_text:
    case k_bpchar:
    case k_varchar:
    case k_name:
    case k_unknown:
      return Class::text;
    case k_int2:
    case k_int4:
    case k_int8:
      return Class::integer;
    case k_numeric:
      return Class::number;
    case k_float4:
    case k_float8:
      return Class::floating;
    case k_bool:
      return Class::boolean;
    case k_timestamp:
      return Class::timestamp;
    case k_timestamptz:
      return Class::timestamptz;
    case k_date:
      return Class::date;
    case k_json:
    case k_jsonb:
      return Class::json;
    default:
      return Class::other;
  }
}

bool is_numeric(Class kind) {
  return kind == Class::integer || kind == Class::number || kind == Class::floating;
}

int integer_width(Oid type) { return type == k_int2 ? 2 : type == k_int4 ? 4 : 8; }

int numeric_precision(int modifier) { return ((modifier - 4) >> 16) & 0xffff; }

// The scale is an 11-bit signed number since PostgreSQL 15.
int numeric_scale(int modifier) {
  const int scale = (modifier - 4) & 0x7ff;
  return (scale ^ 1024) - 1024;
}

sql::Fragment cast(const sql::Fragment& value, std::string_view type) {
  return sql::Fragment("(") + value + sql::Fragment(fmt::format(")::{}", type));
}

// The value, or NULL where a row is held anyway, so that the cast itself cannot fail.
sql::Fragment guarded_cast(const sql::Fragment& value, const sql::Fragment& loss,
                           std::string_view type) {
  return sql::Fragment("CASE WHEN (") + loss + sql::Fragment(") IS NOT TRUE THEN ") +
         cast(value, type) + sql::Fragment(" END");
}

// One conversion under construction.
class Converter {
 public:
  Converter(const ConversionRequest& request, const catalog::Column& to,
            const catalog::Catalog& target)
      : request_(request),
        to_(to),
        stored_(target.find_stored_type(to.type)),
        declared_(target.find_type(to.type)) {
    modifier_ = to.modifier;
    for (const auto* type = declared_; type != nullptr && type->kind == catalog::TypeKind::domain;
         type = target.find_type(type->domain_base)) {
      if (type->domain_modifier >= 0) modifier_ = type->domain_modifier;
    }
  }

  Conversion run() {
    result_.value = request_.value;
    result_.stable = declared_ != nullptr && declared_->kind != catalog::TypeKind::domain;
    if (stored_ == nullptr) {
      refuse(fmt::format("type {} of {} is not known", to_.type_text, to_.name), "");
    } else if (stored_->kind == catalog::TypeKind::enumeration) {
      to_label();
    } else if (!stored_->is_builtin()) {
      to_custom();
    } else {
      to_builtin();
    }
    return std::move(result_);
  }

 private:
  void refuse(std::string why, std::string hint) {
    result_.refusal = std::move(why);
    result_.hint = std::move(hint);
  }

  void hold_when(const sql::Fragment& when, std::string message) {
    if (!request_.declared_loss) result_.losses.push_back({std::move(message), when});
  }

  void as_text() {
    result_.wire = Wire::text;
    result_.wire_type = k_text;
    result_.value = cast(request_.value, "text");
  }

  void to_label() {
    const Class from = class_of(request_.from.oid);
    const bool label = request_.value_is_text || from == Class::text || !is_builtin_source();
    if (!label) {
      return refuse(fmt::format("{} is no label of {}", request_.from.text, to_.type_text),
                    fmt::format("map it: {{map: …, values: {{code: label}}}} with {}", labels()));
    }
    as_text();
    const sql::Fragment text = cast(request_.value, "text");
    std::vector<std::string> quoted;
    for (const auto& each : stored_->labels) quoted.push_back(sql::quote_literal(each));
    if (!request_.value_is_text) {
      hold_when(text + sql::Fragment(fmt::format(" NOT IN ({})", sql::join(quoted, ", "))),
                fmt::format("{} has no such label in {}", to_.name, to_.type_text));
    }
  }

  std::string labels() const { return sql::join(stored_->labels, ", "); }

  void to_custom() {
    if (stored_->name == "citext") {
      as_text();
      result_.stable = false;
      return;
    }
    refuse(fmt::format("columns of type {} cannot be moved by this version", to_.type_text),
           "built-in types, their arrays, enumerations, domains over them and citext can");
  }

  bool is_builtin_source() const { return request_.from.oid < catalog::k_first_custom_oid; }

  void to_builtin() {
    switch (class_of(stored_->oid)) {
      case Class::text:
        return to_text();
      case Class::json:
        return to_json();
      case Class::integer:
        return to_integer();
      case Class::number:
        return to_number();
      case Class::floating:
        return to_floating();
      case Class::timestamptz:
      case Class::timestamp:
      case Class::date:
        return to_time();
      case Class::boolean:
        return to_boolean();
      case Class::other:
        return to_other();
    }
  }

  void to_text() {
    as_text();
    if (stored_->oid == k_bpchar || stored_->oid == k_name) result_.stable = false;
    if (modifier_ < 4) return;
    const int length = modifier_ - 4;
    const bool fits = request_.from.oid == k_varchar && request_.from.modifier >= 4 &&
                      request_.from.modifier <= modifier_;
    if (fits || (request_.declared_loss && request_.value_is_text)) return;
    // Binary input cuts surplus trailing spaces without a word, so the length is tested, not the
    // receipt.
    result_.losses.push_back({fmt::format("{} is longer than {} characters", to_.name, length),
                              sql::Fragment("char_length(") + result_.value +
                                  sql::Fragment(fmt::format(") > {}", length))});
  }

  void to_json() {
    const Class from = class_of(request_.from.oid);
    if (!request_.value_is_text && from != Class::json) {
      return refuse(fmt::format("{} is not JSON", request_.from.text),
                    "write {json: …} to parse text, or to_jsonb(…) to make a JSON value of it");
    }
    result_.wire = stored_->oid == k_jsonb ? Wire::jsonb : Wire::text;
    result_.wire_type = k_text;
    result_.value = cast(request_.value, "text");
    result_.stable = false;
  }

  bool takes_input_text() const {
    return request_.value_is_text || class_of(request_.from.oid) == Class::text;
  }

  // Text is read by the type's own input function, which refuses loudly.
  void parse_text() {
    result_.wire_type = stored_->oid;
    result_.value = cast(cast(request_.value, "text"), builtin_type_text(stored_->oid, -1));
  }

  void to_integer() {
    result_.wire_type = stored_->oid;
    const std::string type = builtin_type_text(stored_->oid, -1);
    if (takes_input_text()) return parse_text();
    const Class from = class_of(request_.from.oid);
    if (!is_numeric(from))
      return refuse_pair("write the number you mean, e.g. extract(epoch from …)");
    if (from == Class::integer && integer_width(request_.from.oid) <= integer_width(stored_->oid)) {
      result_.value = cast(request_.value, type);
      return;
    }
    static constexpr std::string_view k_low[] = {"-32768", "-2147483648", "-9223372036854775808"};
    static constexpr std::string_view k_high[] = {"32767", "2147483647", "9223372036854775807"};
    const int width = integer_width(stored_->oid);
    const std::size_t index = width == 2 ? 0 : width == 4 ? 1 : 2;
    const sql::Fragment number = cast(request_.value, "numeric");
    sql::Fragment loss =
        number + sql::Fragment(fmt::format(" NOT BETWEEN {} AND {}", k_low[index], k_high[index]));
    if (from != Class::integer)
      loss = loss + sql::Fragment(" OR ") + number + " <> trunc(" + number + ")";
    result_.losses.push_back({fmt::format("{} does not fit {}", to_.name, to_.type_text), loss});
    result_.value = guarded_cast(request_.value, loss, type);
  }

  void to_number() {
    result_.wire_type = k_numeric;
    if (modifier_ >= 4) result_.stable = false;
    if (takes_input_text()) {
      result_.value = cast(cast(request_.value, "text"), "numeric");
    } else if (!is_numeric(class_of(request_.from.oid))) {
      return refuse_pair("write the number you mean");
    } else {
      result_.value = cast(request_.value, "numeric");
    }
    const bool same = request_.from.oid == k_numeric && request_.from.modifier == modifier_;
    if (modifier_ < 4 || same) return;
    const int scale = numeric_scale(modifier_);
    const int digits = numeric_precision(modifier_) - scale;
    const sql::Fragment& number = result_.value;
    hold_when(number + fmt::format(" <> round({}, {})", number.text(), scale),
              fmt::format("{} has more than {} decimals", to_.name, scale));
    // Binary input refuses what does not fit, but only at the target, so it is asked here.
    result_.losses.push_back(
        {fmt::format("{} does not fit {}", to_.name, to_.type_text),
         sql::Fragment("abs(round(") + number +
             fmt::format(", {})) >= 1e{} AND {} <> 'NaN'", scale, digits, number.text())});
  }

  void to_floating() {
    result_.wire_type = stored_->oid;
    if (takes_input_text()) return parse_text();
    const Class from = class_of(request_.from.oid);
    if (!is_numeric(from)) return refuse_pair("write the number you mean");
    const std::string type = builtin_type_text(stored_->oid, -1);
    result_.value = cast(request_.value, type);
    const bool exact = request_.from.oid == stored_->oid || request_.from.oid == k_float4 ||
                       request_.from.oid == k_int2 ||
                       (stored_->oid == k_float8 && request_.from.oid == k_int4);
    if (exact) return;
    const std::string_view back = from == Class::floating ? "float8" : "numeric";
    hold_when(cast(result_.value, back) + " IS DISTINCT FROM " + cast(request_.value, back),
              fmt::format("{} loses digits in {}", to_.name, to_.type_text));
  }

  void to_boolean() {
    result_.wire_type = k_bool;
    if (takes_input_text()) return parse_text();
    if (class_of(request_.from.oid) == Class::boolean) {
      result_.value = cast(request_.value, "boolean");
      return;
    }
    refuse_pair("write the condition you mean, e.g. … <> 0");
  }

  void to_time() {
    result_.wire_type = stored_->oid;
    if (takes_input_text()) return parse_text();
    const Class from = class_of(request_.from.oid);
    const Class to = class_of(stored_->oid);
    const std::string type = builtin_type_text(stored_->oid, -1);
    if (from == to) {
      result_.value = cast(request_.value, type);
    } else if (to == Class::timestamptz && from == Class::timestamp) {
      return from_naive();
    } else if (to == Class::timestamp && from == Class::date) {
      result_.value = cast(request_.value, type);
    } else if (to == Class::date && from == Class::timestamp) {
      result_.value = cast(request_.value, "date");
      hold_when(cast(result_.value, "timestamp") + " IS DISTINCT FROM " + request_.value,
                fmt::format("{} has a time of day", to_.name));
    } else if (from == Class::timestamptz || (to == Class::timestamptz && from == Class::date)) {
      return refuse_pair("say in which zone: (… at time zone 'America/Los_Angeles')");
    } else {
      return refuse_pair("say what it means, e.g. to_timestamp(…) for seconds since 1970");
    }
    test_time_precision();
  }

  void test_time_precision() {
    if (modifier_ < 0 || modifier_ >= 6) return;
    const std::string exact = builtin_type_text(stored_->oid, -1);
    hold_when(cast(request_.value, exact) + " IS DISTINCT FROM " +
                  cast(request_.value, builtin_type_text(stored_->oid, modifier_)),
              fmt::format("{} keeps fewer digits of a second", to_.name));
  }

  void from_naive() {
    if (request_.naive_zone.empty()) {
      return refuse(
          fmt::format("{} is a timestamp without zone, {} has one", request_.from.text, to_.name),
          "name the zone once: source.naive_timestamps: America/Los_Angeles");
    }
    const std::string zone = sql::quote_literal(request_.naive_zone);
    const auto at_zone = [&](const sql::Fragment& time) {
      return sql::Fragment("((") + time + fmt::format(") AT TIME ZONE {})", zone);
    };
    result_.value = at_zone(request_.value);
    hold_when(at_zone(result_.value) + " IS DISTINCT FROM " + request_.value,
              fmt::format("{} falls into the hour a clock change skips", to_.name));
    hold_when(at_zone(result_.value + sql::Fragment(" - interval '1 hour'")) +
                  " IS NOT DISTINCT FROM " + request_.value +
                  fmt::format(" AND isfinite({})", request_.value.text()),
              fmt::format("{} falls into the hour a clock change repeats", to_.name));
    test_time_precision();
  }

  void to_other() {
    result_.wire_type = stored_->oid;
    const std::string exact = builtin_type_text(stored_->oid, -1);
    if (takes_input_text()) {
      parse_text();
    } else if (request_.from.oid == stored_->oid) {
      result_.value = cast(request_.value, exact);
    } else {
      return refuse_pair("write the cast you mean");
    }
    result_.stable = stored_->oid == k_uuid || stored_->oid == k_bytea;
    if (modifier_ < 0 || (request_.from.oid == stored_->oid && request_.from.modifier == modifier_))
      return;
    hold_when(result_.value + " IS DISTINCT FROM " +
                  cast(result_.value, builtin_type_text(stored_->oid, modifier_)),
              fmt::format("{} loses something in {}", to_.name, to_.type_text));
  }

  void refuse_pair(std::string hint) {
    refuse(fmt::format("{} cannot become {} of {}", request_.from.text, to_.type_text, to_.name),
           std::move(hint));
  }

  const ConversionRequest& request_;
  const catalog::Column& to_;
  const catalog::Type* stored_;
  const catalog::Type* declared_;
  int modifier_ = -1;
  Conversion result_;
};

}  // namespace

Conversion convert(const ConversionRequest& request, const catalog::Column& to,
                   const catalog::Catalog& target) {
  return Converter(request, to, target).run();
}

std::string builtin_type_text(Oid type, int modifier) {
  std::string_view name = catalog::find_builtin_name(type);
  const bool array = name.starts_with('_');
  if (array) name.remove_prefix(1);
  std::string text(name);
  if (modifier >= 0) {
    if (name == "numeric") {
      text += fmt::format("({},{})", numeric_precision(modifier), numeric_scale(modifier));
    } else if (name == "varchar" || name == "bpchar") {
      text += fmt::format("({})", modifier - 4);
    } else if (name == "bit" || name == "varbit" || name.starts_with("time")) {
      text += fmt::format("({})", modifier);
    } else if (name == "interval" && (modifier & 0xffff) != 0xffff) {
      text += fmt::format("({})", modifier & 0xffff);
    }
  }
  return array ? text + "[]" : text;
}

}  // namespace rehome::plan
