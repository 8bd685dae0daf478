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
  // theirs.
  sql::Fragment value() const {
    std::string cases = "(SELECT CASE";
    if (parts_.blank) {
      cases += " WHEN coalesce(cut.line, '') = '' THEN " + sql::quote_literal(*parts_.blank);
    }
    cases += fmt::format(
        " WHEN char_length(cut.line) > {} THEN left(cut.line, {}) || '…' ELSE cut.line END FROM "
        "(SELECT "
        "rtrim(split_part(replace(ltrim(",
        parts_.max, parts_.max - 1);
    return sql::Fragment(cases) + parts_.of.fragment() +
           R"(::text, E' \t\r\n'), E'\r', E'\n'), E'\n', 1)) AS line) cut))";
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
