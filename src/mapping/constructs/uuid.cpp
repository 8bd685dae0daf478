// `uuid`: a new uuid, of the version asked for.
#include <optional>

#include "mapping/construct_registry.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

class UuidConstruct final : public Construct {
 public:
  UuidConstruct(base::Position position, UuidVersion version, std::optional<Expression> time)
      : Construct("uuid", std::move(position)), version_(version), time_(std::move(time)) {}

  std::vector<const Expression*> expressions() const override {
    if (time_) return {&*time_};
    return {};
  }

  Derivation derive(const DeriveContext&) const override {
    Derivation derivation;
    derivation.uuid = UuidDerivation{version_, std::nullopt};
    if (time_) derivation.uuid->time = time_->fragment();
    return derivation;
  }

 private:
  UuidVersion version_;
  std::optional<Expression> time_;
};

std::vector<Field> fields() {
  return {{"uuid", FieldKind::word, "The version", true, {"v4", "v5", "v7", "v8"}},
          {"time", FieldKind::expression, "v7 only: the time it is ordered by, a `timestamptz`"}};
}

std::optional<UuidVersion> version_of(const std::string& word) {
  if (word == "v4") return UuidVersion::v4;
  if (word == "v5") return UuidVersion::v5;
  if (word == "v7") return UuidVersion::v7;
  return UuidVersion::v8;
}

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  static const Shape shape{"`uuid`", fields()};
  const Node& written = *node.find("uuid");
  const auto word = read_word(written, field_of(shape, "uuid"), {}, problems);
  const Node* time = node.find("time");
  if (!word) return nullptr;
  if (*word == "v7" && time == nullptr) {
    problems.add("E1104", written, "a v7 uuid needs a `time`",
                 "{uuid: v7, time: f.created_at}: the hour of the move says nothing about the row");
    return nullptr;
  }
  if (*word != "v7" && time != nullptr) {
    problems.add("E1203", *time, "only a v7 uuid has a `time`",
                 "write {uuid: v7, time: …} or leave it out");
    return nullptr;
  }
  std::optional<Expression> expression;
  if (time != nullptr) {
    expression = read_expression(*time, "`time`", problems);
    if (!expression) return nullptr;
  }
  return std::make_shared<UuidConstruct>(written.position, *version_of(*word),
                                         std::move(expression));
}

constexpr std::string_view k_documentation =
    R"(A new uuid. The target's uuid key needs none of this: left out of `columns`, it
is made from the legacy key by itself.

* `v8` is what such a key gets: ordered like an integer legacy key, else a hash; the same in every run, and not to be guessed
  by others.
* `v5` is a hash of namespace and legacy key: the same in every run, in no order.
* `v7` is ordered by the row's own `time`, to the millisecond. A row whose time is before 1970, after 10889 or infinite is held.
* `v4` is random.

```yaml
id: {uuid: v7, time: f.created_at}
```)";

}  // namespace

const ConstructKind& uuid_construct() {
  static const ConstructKind kind{"uuid", k_documentation, fields(), parse};
  return kind;
}

}  // namespace rehome::mapping
