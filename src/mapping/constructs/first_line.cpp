// `first_line`: a title out of a text.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "mapping/construct_registry.h"
#include "mapping/reader.h"
#include "sql/identifier.h"

namespace rehome::mapping {

namespace {

struct FirstLineParts {
  Expression of;
  std::int64_t max = 0;
  std::optional<std::string> blank;
};

class FirstLineConstruct final : public Construct {
 public:
  FirstLineConstruct(base::Position position, FirstLineParts parts)
      : Construct("first_line", std::move(position)), parts_(std::move(parts)) {}

  std::vector<const Expression*> expressions() const override { return {&parts_.of}; }

  Derivation derive(const DeriveContext&) const override {
    Derivation derivation;
    derivation.value = value();
    derivation.declared_loss = true;
    // A blank of the user's own is not cut; its bytes are no fewer than its characters.
    derivation.max_characters =
        std::max(static_cast<std::size_t>(parts_.max), parts_.blank.value_or("").size());
    return derivation;
  }

 private:
  // The user's expression stands in a SELECT without FROM, where no name of ours can hide one of
  // theirs. OFFSET 0 keeps it from being computed once for each time its value is looked at.
  sql::Fragment value() const {
    const std::string blank = parts_.blank
                                  ? sql::quote_literal(*parts_.blank)
                                  : std::string("CASE WHEN whole.text IS NOT NULL THEN '' END");
    const std::string cases = fmt::format(
        "(SELECT CASE WHEN cut.line IS NULL THEN {} WHEN char_length(cut.line) > {} THEN "
        "left(cut.line, {}) || '…' ELSE cut.line END FROM (SELECT ",
        parts_.blank ? blank : "cut.blank", parts_.max, parts_.max - 1);
    const std::string line = "::text AS text OFFSET 0) AS whole OFFSET 0) AS cut)";
    const std::string first = R"(rtrim(substring(whole.text FROM E'[^ \t\r\n][^\r\n]*')) AS line)";
    return sql::Fragment(cases) + first + (parts_.blank ? "" : ", " + blank + " AS blank") +
           " FROM (SELECT " + parts_.of.fragment() + line;
  }

  FirstLineParts parts_;
};

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  constexpr std::int64_t k_most = 1'000'000;
  auto of = read_expression(*node.find("first_line"), "`first_line`", problems);
  const Node* max = node.find("max");
  const auto limit = max == nullptr ? std::nullopt : read_count(*max, "`max`", k_most, problems);
  const Node* blank = node.find("blank");
  const auto text = blank == nullptr ? std::nullopt : read_text(*blank, "`blank`", problems);
  if (!of || !limit || (blank != nullptr && !text)) return nullptr;
  FirstLineParts parts{std::move(*of), *limit, std::nullopt};
  if (text) parts.blank = text->value;
  return std::make_shared<FirstLineConstruct>(node.find("first_line")->position, std::move(parts));
}

constexpr std::string_view k_documentation =
    R"(The first line of a text that is not blank, without blanks around it, cut
to `max` characters; the last of them is `…` when something was cut. This loses text, and declares it: the
round-trip test does not apply.

```yaml
title: {first_line: r.text, max: 50, blank: Message}
```

Without `blank`, NULL stays NULL and an empty text stays empty.)";

}  // namespace

const ConstructKind& first_line_construct() {
  static const ConstructKind kind{
      "first_line",
      k_documentation,
      {{"first_line", FieldKind::expression, "The text", true},
       {"max", FieldKind::count, "Most characters, `…` among them", true},
       {"blank", FieldKind::text, "The value when there is no text"}},
      parse};
  return kind;
}

}  // namespace rehome::mapping
