// What the readable forms promise, and what a plan depends on.
#include "plan/write.h"

#include <doctest/doctest.h>

#include "plan/golden.h"
#include "plan/statements.h"

namespace rehome::plan {
namespace {

// The example of the design, with `change` made to its text, compiled.
class Example {
 public:
  Example()
      : folder_(REHOME_SOURCE_DIR "/tests/plan/compile/design_example"),
        text_(read_file(folder_ / "rehome.yaml")),
        source_(catalog::parse_json(read_file(folder_ / "source.json"))),
        target_(catalog::parse_json(read_file(folder_ / "target.json"))),
        described_(parse_described(read_file(folder_ / "types.json"))) {}

  void replace(const std::string& from, const std::string& to) {
    const auto at = text_.find(from);
    REQUIRE(at != std::string::npos);
    text_.replace(at, from.size(), to);
  }

  Plan compile() const {
    Outcome outcome = compile_case(text_, source_, target_, described_);
    CHECK(outcome.errors == "");
    REQUIRE(outcome.plan.has_value());
    return std::move(*outcome.plan);
  }

  catalog::Catalog& source() { return source_; }
  catalog::Catalog& target() { return target_; }

 private:
  std::filesystem::path folder_;
  std::string text_;
  catalog::Catalog source_;
  catalog::Catalog target_;
  Described described_;
};

std::uint64_t salt_of_orders(const Example& example) {
  return example.compile().find_entity("orders")->salt;
}

TEST_CASE("a plan shows no url and no secret") {
  Example example;
  example.replace("service=legacy", "postgres://u:hidden@a/b");
  example.replace("service=new",
                  "postgres://u:hidden@a/c\nuuid_namespace: "
                  "00112233-4455-6677-8899-aabbccddeeff");
  const Plan plan = example.compile();
  REQUIRE(plan.uuid_namespace.has_value());
  const std::string shown = write_sql(plan) + write_json(plan);
  CHECK(shown.find("hidden") == std::string::npos);
  CHECK(shown.find("00112233") == std::string::npos);
}

TEST_CASE("comments and spacing change no fingerprint, meaning does") {
  const Example before;
  Example spaced;
  spaced.replace("exclude: {deleted: i.deleted}", "exclude:   { deleted:   i.deleted }   # or not");
  CHECK(spaced.compile().fingerprint == before.compile().fingerprint);
  CHECK(salt_of_orders(spaced) == salt_of_orders(before));

  Example changed;
  changed.replace("missing: leave_empty", "missing: quarantine");
  CHECK(changed.compile().fingerprint != before.compile().fingerprint);
  CHECK(salt_of_orders(changed) != salt_of_orders(before));

  Example other;
  other.replace("max: 50", "max: 40");
  CHECK(other.compile().fingerprint != before.compile().fingerprint);
  CHECK(salt_of_orders(other) == salt_of_orders(before));
}

TEST_CASE("servers before 14 hash the text of a record, and stored rows are read back") {
  Example old;
  old.source().server_version = 130000;
  old.target().server_version = 130000;
  const Plan plan = old.compile();
  const Entity& patients = *plan.find_entity("patients");
  CHECK(source_summary_statement(patients, {})
            .find("hashtextextended(encode(record_send(ROW((p.id)::int4, p.name)), 'hex'), '") !=
        std::string::npos);
  CHECK(patients.reads_back_row_hash);
  CHECK_FALSE(Example().compile().find_entity("patients")->reads_back_row_hash);
}

TEST_CASE("parents go before children, whatever the order in the mapping") {
  std::vector<std::string> names;
  for (const Entity& each : Example().compile().entities) names.push_back(each.name);
  CHECK(names == std::vector<std::string>{"patients", "doctors", "offices", "orders", "profiles",
                                          "messages"});
}

TEST_CASE("every table that is read is locked before") {
  std::vector<std::string> names;
  for (const auto& each : Example().compile().source_tables) names.push_back(each.name);
  CHECK(names == std::vector<std::string>{"auth_user", "dispatch_instruction", "dispatch_office",
                                          "dispatch_patient", "dispatch_record"});
}

}  // namespace
}  // namespace rehome::plan
