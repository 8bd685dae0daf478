#include "plan/conversion.h"

#include <fmt/format.h>

#include <array>

#include "base/amount.h"
#include "sql/identifier.h"

namespace rehome::plan {

namespace {

constexpr Oid k_int2 = 21;
constexpr Oid k_int4 = 23;
constexpr Oid k_text = 25;
constexpr Oid k_char = 18;
constexpr Oid k_name = 19;
constexpr Oid k_json = 114;
constexpr Oid k_float4 = 700;
constexpr Oid k_float8 = 701;
constexpr Oid k_bytea = 17;
constexpr Oid k_bpchar = 1042;
constexpr Oid k_varchar = 1043;
constexpr Oid k_bool = 16;
constexpr Oid k_numeric = 1700;
constexpr Oid k_uuid = 2950;
constexpr Oid k_jsonb = 3802;

bool is_number(TypeClass kind) {
  return kind == TypeClass::integer || kind == TypeClass::number || kind == TypeClass::floating;
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
    modifier_ = target.stored_modifier(to);
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

  void refuse_pair(std::string hint) {
    refuse(fmt::format("{} cannot become {} of {}", request_.from.text, to_.type_text, to_.name),
           std::move(hint));
  }

  void hold_when(const sql::Fragment& when, std::string message) {
    if (!request_.declared_loss) always_hold_when(when, std::move(message));
  }

  void always_hold_when(const sql::Fragment& when, std::string message) {
    result_.losses.push_back({std::move(message), when});
  }

  TypeClass from() const { return class_of(request_.from.oid); }

  bool takes_input_text() const { return request_.value_is_text || from() == TypeClass::text; }

  void as_text() {
    result_.wire = Wire::text;
    result_.wire_type = k_text;
    result_.value = cast(request_.value, "text");
  }

  void to_label() {
    const bool builtin = request_.from.oid < catalog::k_first_custom_oid;
    if (builtin && !takes_input_text()) {
      return refuse(
          fmt::format("{} is no label of {}", request_.from.text, to_.type_text),
          fmt::format("map it: {{map: …, values: {{code: label}}}} with {}", labels(", ")));
    }
    as_text();
    if (request_.in_flight || request_.is_label) return;
    std::vector<std::string> quoted;
    for (const auto& each : stored_->labels) quoted.push_back(sql::quote_literal(each));
    const std::string unlisted =
        quoted.empty() ? " IS NOT NULL" : fmt::format(" NOT IN ({})", sql::join(quoted, ", "));
    always_hold_when(result_.value + unlisted,
                     fmt::format("{} has no such label in {}", to_.name, to_.type_text));
  }

  std::string labels(std::string_view separator) const {
    return sql::join(stored_->labels, separator);
  }

  void to_custom() {
    if (stored_->name == "citext") {
      as_text();
      result_.stable = false;
      return;
    }
    refuse(fmt::format("columns of type {} cannot be moved by this version", to_.type_text),
           "built-in types, their arrays, enumerations, domains over them and citext can");
  }

  void to_builtin() {
    const TypeClass to = class_of(stored_->oid);
    if (request_.in_flight && to != TypeClass::text && to != TypeClass::json) {
      return refuse(fmt::format("text cannot become {} of {}", to_.type_text, to_.name),
                    "its value is made on the way, as text");
    }
    switch (to) {
      case TypeClass::text:
        return to_text();
      case TypeClass::json:
        return to_json();
      case TypeClass::integer:
        return to_integer();
      case TypeClass::number:
        return to_number();
      case TypeClass::floating:
        return to_floating();
      case TypeClass::timestamptz:
      case TypeClass::timestamp:
      case TypeClass::date:
        return to_time();
      case TypeClass::boolean:
        return to_boolean();
      case TypeClass::other:
        return to_other();
    }
  }

  void to_text() {
    as_text();
    if (stored_->oid == k_bpchar || stored_->oid == k_name) result_.stable = false;
    if (modifier_ < 4) return;
    // What is cut of the text that arrives cannot be known here, nor that anything is.
    if (request_.in_flight) {
      result_.stable = false;
      return;
    }
    const int length = modifier_ - 4;
    const bool limited = request_.from.oid == k_varchar || request_.from.oid == k_bpchar;
    if (limited && request_.from.modifier >= 4 && request_.from.modifier <= modifier_) return;
    if (request_.max_characters && *request_.max_characters <= static_cast<std::size_t>(length)) {
      return;
    }
    // Binary input cuts surplus trailing spaces without a word, so the length is tested, not the
    // receipt.
    always_hold_when(sql::Fragment("char_length(") + result_.value +
                         sql::Fragment(fmt::format(") > {}", length)),
                     fmt::format("{} is longer than {}", to_.name,
                                 base::write_amount(length, "character", "characters")));
  }

  void to_json() {
    if (!request_.value_is_text && from() != TypeClass::json) {
      return refuse(fmt::format("{} is not JSON", request_.from.text),
                    "write {json: …} to parse text, or to_jsonb(…) to make a JSON value of it");
    }
    if (!request_.value_is_text && request_.from.oid == k_json && stored_->oid == k_jsonb) {
      return refuse(
          fmt::format("json may hold a key twice, and jsonb of {} would keep the last", to_.name),
          "write {json: …}, which looks for that in every value");
    }
    result_.wire = stored_->oid == k_jsonb ? Wire::jsonb : Wire::text;
    result_.wire_type = k_text;
    result_.value = cast(request_.value, "text");
    result_.stable = false;
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
    if (!is_number(from()))
      return refuse_pair("write the number you mean, e.g. extract(epoch from …)");
    if (from() == TypeClass::integer &&
        integer_width(request_.from.oid) <= integer_width(stored_->oid)) {
      result_.value = cast(request_.value, type);
      return;
    }
    const sql::Fragment loss = integer_loss(integer_width(stored_->oid));
    const bool whole = from() == TypeClass::integer;
    always_hold_when(loss, fmt::format("{} {} {}", to_.name,
                                       whole ? "does not fit" : "is not a whole number that fits",
                                       to_.type_text));
    result_.value = guarded_cast(request_.value, loss, type);
  }

  sql::Fragment integer_loss(int width) const {
    static constexpr std::string_view k_low[] = {"-32768", "-2147483648", "-9223372036854775808"};
    static constexpr std::string_view k_high[] = {"32767", "2147483647", "9223372036854775807"};
    const std::size_t index = width == 2 ? 0 : width == 4 ? 1 : 2;
    if (from() == TypeClass::floating) {
      // A cast to numeric would round to 15 digits; the bound is the power of two above.
      const sql::Fragment number = cast(request_.value, "float8");
      return sql::Fragment("NOT (") + number + fmt::format(" >= {} AND ", k_low[index]) + number +
             fmt::format(" < {}::float8 + 1) OR ", k_high[index]) + number + " <> trunc(" + number +
             ")";
    }
    if (from() == TypeClass::integer) {
      return cast(request_.value, "int8") +
             fmt::format(" NOT BETWEEN {} AND {}", k_low[index], k_high[index]);
    }
    const sql::Fragment number = cast(request_.value, "numeric");
    return number + fmt::format(" NOT BETWEEN {} AND {} OR ", k_low[index], k_high[index]) +
           number + " <> trunc(" + number + ")";
  }

  void to_number() {
    result_.wire_type = k_numeric;
    if (modifier_ >= 4) result_.stable = false;
    if (!takes_input_text() && !is_number(from())) return refuse_pair("write the number you mean");
    result_.value = as_number(request_.value);
    const bool same = request_.from.oid == k_numeric && request_.from.modifier == modifier_;
    if (modifier_ < 4 || same) return;
    const int scale = numeric_scale(modifier_);
    const int digits = numeric_precision(modifier_) - scale;
    const sql::Fragment& number = result_.value;
    if (from() != TypeClass::integer || scale < 0) {
      hold_when(number + " <> round(" + number + fmt::format(", {})", scale),
                fmt::format("{} has more than {}", to_.name,
                            base::write_amount(scale, "decimal", "decimals")));
    }
    // Binary input refuses what does not fit, but only at the target, so it is asked here.
    always_hold_when(sql::Fragment("abs(round(") + number +
                         fmt::format(", {})) >= 1e{} AND ", scale, digits) + number + " <> 'NaN'",
                     fmt::format("{} does not fit {}", to_.name, to_.type_text));
  }

  // A floating number's text has all its digits; its own cast keeps 15 or 6.
  sql::Fragment as_number(const sql::Fragment& value) const {
    const bool by_text = takes_input_text() || from() == TypeClass::floating;
    return cast(by_text ? cast(value, "text") : value, "numeric");
  }

  void to_floating() {
    result_.wire_type = stored_->oid;
    if (takes_input_text()) return parse_text();
    if (!is_number(from())) return refuse_pair("write the number you mean");
    const std::string type = builtin_type_text(stored_->oid, -1);
    result_.value = cast(request_.value, type);
    const bool exact = request_.from.oid == stored_->oid || request_.from.oid == k_float4 ||
                       request_.from.oid == k_int2 ||
                       (stored_->oid == k_float8 && request_.from.oid == k_int4);
    if (exact) return;
    const bool floating = from() == TypeClass::floating;
    const sql::Fragment back =
        floating ? cast(result_.value, "float8") : cast(cast(result_.value, "text"), "numeric");
    hold_when(back + " IS DISTINCT FROM " + cast(request_.value, floating ? "float8" : "numeric"),
              fmt::format("{} loses digits in {}", to_.name, to_.type_text));
  }

  void to_boolean() {
    result_.wire_type = k_bool;
    if (takes_input_text()) return parse_text();
    if (from() != TypeClass::boolean)
      return refuse_pair("write the condition you mean, e.g. … <> 0");
    result_.value = cast(request_.value, "boolean");
  }

  void to_time() {
    result_.wire_type = stored_->oid;
    const TypeClass to = class_of(stored_->oid);
    const std::string type = builtin_type_text(stored_->oid, -1);
    if (takes_input_text()) {
      parse_text();
    } else if (from() == to || (to == TypeClass::timestamp && from() == TypeClass::date)) {
      result_.value = cast(request_.value, type);
    } else if (to == TypeClass::timestamptz && from() == TypeClass::timestamp) {
      from_naive();
    } else if (to == TypeClass::date && from() == TypeClass::timestamp) {
      result_.value = cast(request_.value, "date");
      hold_when(cast(result_.value, "timestamp") + " IS DISTINCT FROM " + request_.value,
                fmt::format("{} has a time of day", to_.name));
    } else if (from() == TypeClass::timestamptz ||
               (to == TypeClass::timestamptz && from() == TypeClass::date)) {
      return refuse_pair("say in which zone: (… at time zone 'America/Los_Angeles')");
    } else {
      return refuse_pair("say what it means, e.g. to_timestamp(…) for seconds since 1970");
    }
    test_modifier("keeps fewer digits of a second");
  }

  // The value as the target would store it, against the value as it is.
  void test_modifier(std::string_view loss) {
    const bool same = request_.from.oid == stored_->oid && request_.from.modifier == modifier_;
    if (modifier_ < 0 || same) return;
    const sql::Fragment value = result_.value;
    hold_when(
        value + " IS DISTINCT FROM " + cast(value, builtin_type_text(stored_->oid, modifier_)),
        fmt::format("{} {}", to_.name, loss));
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
    const sql::Fragment naive = sql::Fragment("(") + request_.value + ")";
    result_.value = at_zone(request_.value);
    hold_when(at_zone(result_.value) + " IS DISTINCT FROM " + naive,
              fmt::format("{} falls into the hour a clock change skips", to_.name));
    // Of the two, the server takes the later one.
    hold_when(at_zone(result_.value + sql::Fragment(" - interval '1 hour'")) + " = " + naive +
                  " AND isfinite(" + naive + ")",
              fmt::format("{} falls into the hour a clock change repeats", to_.name));
  }

  void to_other() {
    result_.wire_type = stored_->oid;
    if (takes_input_text()) {
      parse_text();
      // One byte of it is kept.
      if (stored_->oid == k_char) {
        hold_when(cast(result_.value, "text") + " IS DISTINCT FROM " + cast(request_.value, "text"),
                  fmt::format("{} is longer than one byte", to_.name));
      }
    } else if (request_.from.oid == stored_->oid) {
      result_.value = cast(request_.value, builtin_type_text(stored_->oid, -1));
    } else {
      return refuse_pair("write the cast you mean");
    }
    result_.stable = stored_->oid == k_uuid || stored_->oid == k_bytea;
    test_modifier("loses something in " + to_.type_text);
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

}  // namespace rehome::plan
