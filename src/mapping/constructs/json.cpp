// `json`: text that should be JSON, checked in flight as jsonb would check it.
#include <fmt/format.h>

#include <algorithm>

#include "mapping/construct_registry.h"
#include "mapping/constructs/json_text.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

enum class Invalid { quarantine, keep_raw, leave_empty };
enum class Empty { quarantine, leave_empty };

class JsonFlight final : public Flight {
 public:
  JsonFlight(Invalid invalid, Empty empty) : invalid_(invalid), empty_(empty) {}

  std::string text() const override {
    constexpr const char* k_invalid[] = {"quarantine", "keep_raw", "leave_empty"};
    constexpr const char* k_empty[] = {"quarantine", "leave_empty"};
    return fmt::format("json(invalid={},empty={})", k_invalid[static_cast<int>(invalid_)],
                       k_empty[static_cast<int>(empty_)]);
  }

  Result apply(std::string_view in, std::string& out) const override {
    const bool blank = std::all_of(in.begin(), in.end(), [](char c) {
      return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    });
    if (blank && empty_ == Empty::leave_empty) return {Outcome::null, {}};
    const std::string_view problem =
        blank ? std::string_view("json: empty text") : find_json_problem(in);
    if (problem.empty()) {
      out.assign(in);
      return {Outcome::value, {}};
    }
    if (!blank && invalid_ == Invalid::leave_empty) return {Outcome::null, {}};
    if (!blank && invalid_ == Invalid::keep_raw) {
      append_json_string(in, out);
      return {Outcome::value, {}};
    }
    return {Outcome::refused, problem};
  }

 private:
  Invalid invalid_;
  Empty empty_;
};

class JsonConstruct final : public Construct {
 public:
  JsonConstruct(Expression of, Invalid invalid, Empty empty)
      : Construct("json", of.text.position),
        of_(std::move(of)),
        flight_(std::make_shared<JsonFlight>(invalid, empty)),
        leaves_empty_(invalid == Invalid::leave_empty || empty == Empty::leave_empty) {}

  std::vector<const Expression*> expressions() const override { return {&of_}; }

  Derivation derive(const DeriveContext&) const override {
    Derivation derivation;
    derivation.value = of_.fragment() + "::text";
    derivation.value_is_text = true;
    derivation.flight = flight_;
    derivation.leaves_empty = leaves_empty_;
    return derivation;
  }

 private:
  Expression of_;
  std::shared_ptr<const Flight> flight_;
  bool leaves_empty_;
};

std::vector<Field> fields() {
  return {{"json", FieldKind::expression, "The text", true},
          {"invalid",
           FieldKind::word,
           "Text that is not JSON; default `quarantine`",
           false,
           {"quarantine", "keep_raw", "leave_empty"}},
          {"empty",
           FieldKind::word,
           "Text without anything in it; default `quarantine`",
           false,
           {"quarantine", "leave_empty"}}};
}

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  static const Shape shape{"`json`", fields()};
  auto of = read_expression(*node.find("json"), "`json`", problems);
  Invalid invalid = Invalid::quarantine;
  if (const Node* word = node.find("invalid")) {
    const auto chosen = read_word(*word, field_of(shape, "invalid"), {}, problems);
    if (!chosen) return nullptr;
    if (*chosen == "keep_raw") invalid = Invalid::keep_raw;
    if (*chosen == "leave_empty") invalid = Invalid::leave_empty;
  }
  Empty empty = Empty::quarantine;
  if (const Node* word = node.find("empty")) {
    const auto chosen = read_word(*word, field_of(shape, "empty"), {}, problems);
    if (!chosen) return nullptr;
    if (*chosen == "leave_empty") empty = Empty::leave_empty;
  }
  return of ? std::make_shared<JsonConstruct>(std::move(*of), invalid, empty) : nullptr;
}

constexpr std::string_view k_documentation =
    R"(Text that should be JSON, for a `json` or `jsonb` column. Each value is checked
on its way, row by row, the way `jsonb` would: `\u0000`, half surrogates and more than 1000 levels are refused, and so are
duplicate keys of one object, of which `jsonb` would silently keep the last.

```yaml
exports: {json: i.exports, invalid: quarantine, empty: leave_empty}
```

`invalid: keep_raw` keeps text that is not JSON as a JSON string; `leave_empty` makes it NULL. NULL stays NULL.)";

}  // namespace

const ConstructKind& json_construct() {
  static const ConstructKind kind{"json", k_documentation, fields(), parse};
  return kind;
}

}  // namespace rehome::mapping
