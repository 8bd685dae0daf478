// `sql`: a PostgreSQL expression; what a plain string means.
#include "mapping/construct_registry.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

class SqlConstruct final : public Construct {
 public:
  explicit SqlConstruct(Expression expression)
      : Construct("sql", expression.text.position), expression_(std::move(expression)) {}

  std::vector<const Expression*> expressions() const override { return {&expression_}; }

  Derivation derive(const DeriveContext&) const override {
    Derivation derivation;
    derivation.value = expression_.fragment();
    return derivation;
  }

 private:
  Expression expression_;
};

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  auto expression = read_expression(*node.find("sql"), "`sql`", problems);
  return expression ? make_sql_construct(std::move(*expression)) : nullptr;
}

constexpr std::string_view k_documentation =
    R"(The long form of a plain string: the same expression, with room for the
options of a column.

```yaml
email:
  sql: nullif(lower(trim(u.email)), '')
  unique: {losers: leave_empty}
```)";

}  // namespace

std::shared_ptr<const Construct> make_sql_construct(Expression expression) {
  return std::make_shared<SqlConstruct>(std::move(expression));
}

const ConstructKind& sql_construct() {
  static const ConstructKind kind{
      "sql",
      k_documentation,
      {{"sql", FieldKind::expression, "The value, in the source's SQL", true}},
      parse};
  return kind;
}

}  // namespace rehome::mapping
