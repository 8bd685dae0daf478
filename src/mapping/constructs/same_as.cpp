// `same_as`: what another column of the entity holds.
#include "base/ensure.h"
#include "mapping/construct_registry.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

// Does whatever the other column's construct does, so that it copies refs and values made in flight
// as well.
class SameAsConstruct final : public Construct {
 public:
  SameAsConstruct(Text column, std::shared_ptr<const Construct> other)
      : Construct("same_as", column.position),
        column_(std::move(column)),
        other_(std::move(other)) {}

  std::optional<Text> needed_column() const override { return column_; }

  std::vector<const Expression*> expressions() const override {
    return other_ ? other_->expressions() : std::vector<const Expression*>{};
  }
  std::vector<Text> referenced_entities() const override {
    return other_ ? other_->referenced_entities() : std::vector<Text>{};
  }
  std::vector<Text> excepted_columns() const override {
    return other_ ? other_->excepted_columns() : std::vector<Text>{};
  }
  Derivation derive(const DeriveContext& context) const override {
    base::ensure(other_ != nullptr, "same_as is derived before its column is known");
    return other_->derive(context);
  }

 private:
  Text column_;
  std::shared_ptr<const Construct> other_;
};

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  auto column = read_name(*node.find("same_as"), "`same_as`", problems);
  if (!column) return nullptr;
  return std::make_shared<SameAsConstruct>(std::move(*column), nullptr);
}

constexpr std::string_view k_documentation = R"(The same value as another column of this entity.

```yaml
title: {first_line: r.text, max: 50, blank: Message}
subject: {same_as: title}
```)";

}  // namespace

std::shared_ptr<const Construct> resolve_same_as(const Construct& same_as,
                                                 std::shared_ptr<const Construct> other) {
  return std::make_shared<SameAsConstruct>(*same_as.needed_column(), std::move(other));
}

const ConstructKind& same_as_construct() {
  static const ConstructKind kind{"same_as",
                                  k_documentation,
                                  {{"same_as", FieldKind::name, "The other target column", true}},
                                  parse};
  return kind;
}

}  // namespace rehome::mapping
