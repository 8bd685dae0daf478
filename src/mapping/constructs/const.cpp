// `const`: a value that does not come from the source, declared as such.
#include <optional>

#include "mapping/construct_registry.h"
#include "mapping/reader.h"
#include "sql/identifier.h"

namespace rehome::mapping {

namespace {

class ConstConstruct final : public Construct {
 public:
  ConstConstruct(base::Position position, std::optional<std::string> value)
      : Construct("const", std::move(position)), value_(std::move(value)) {}

  Derivation derive(const DeriveContext&) const override {
    Derivation derivation;
    derivation.value = value_ ? sql::quote_literal(*value_) + "::text" : "NULL::text";
    derivation.value_is_text = true;
    return derivation;
  }

 private:
  std::optional<std::string> value_;
};

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  const Node& value = *node.find("const");
  if (!value.is_scalar()) {
    problems.add("E1202", value, "`const` must be a single value, not a list or a map",
                 "write JSON and arrays as quoted text: {const: '[]'}");
    return nullptr;
  }
  std::optional<std::string> text;
  if (!value.is_null()) text = value.text;
  return std::make_shared<ConstConstruct>(value.position, std::move(text));
}

constexpr std::string_view k_documentation =
    R"(A constant, written as the target's type is written in SQL but without its
quotes. Constants are always declared, so that no value in the target is invented by accident; `~` is NULL.

```yaml
is_verified: {const: false}
specialty: {const: orthodontics}
tags: {const: '{}'}
```)";

}  // namespace

std::shared_ptr<const Construct> make_const_construct(const base::Position& position,
                                                      std::string value) {
  return std::make_shared<ConstConstruct>(position, std::move(value));
}

const ConstructKind& const_construct() {
  static const ConstructKind kind{
      "const",
      k_documentation,
      {{"const", FieldKind::other, "The value: text, number, `true`, `false` or `~`", true}},
      parse};
  return kind;
}

}  // namespace rehome::mapping
