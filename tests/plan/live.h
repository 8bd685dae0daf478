// A mapping compiled against two databases that exist, for tests that run its statements.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "pg/binary.h"
#include "pg/read_catalog.h"
#include "pg/session.h"
#include "plan/golden.h"
#include "plan/statements.h"
#include "run/compile.h"
#include "support/cluster.h"

namespace rehome::plan {

class Live {
 public:
  Live(std::string text, const std::string& source_sql, const std::string& target_sql)
      : source_database_("source"),
        target_database_("target"),
        text_(std::move(text)),
        mapping_(load_mapping(text_)) {
    source_database_.run(source_sql);
    target_database_.run(target_sql);
    source_.emplace(pg::Side::source, source_database_.url(), "test");
    target_.emplace(pg::Side::target, target_database_.url(), "test");
    source_catalog_ =
        pg::read_catalog(*source_, mapping_ ? mapping_->source.schema.value : "public");
    target_catalog_ =
        pg::read_catalog(*target_, mapping_ ? mapping_->target.schema.value : "public");
    if (mapping_) describe();
  }

  Outcome compile() const {
    return compile_case(text_, source_catalog_, target_catalog_, described_);
  }

  // The plan's one entity of that name; fails the test when there is none.
  Entity entity(std::string_view name) const {
    const Outcome outcome = compile();
    CHECK(outcome.errors == "");
    REQUIRE(outcome.plan.has_value());
    const Entity* found = outcome.plan->find_entity(name);
    REQUIRE(found != nullptr);
    return *found;
  }

  const std::string& text() const { return text_; }
  const catalog::Catalog& source_catalog() const { return source_catalog_; }
  const catalog::Catalog& target_catalog() const { return target_catalog_; }
  const Described& described() const { return described_; }
  tests::Database& source_database() { return source_database_; }
  tests::Database& target_database() { return target_database_; }
  pg::Connection& source() { return *source_; }
  pg::Connection& target() { return *target_; }

 private:
  void describe() {
    pg::prepare_source_session(*source_, source_catalog_.schema);
    const Compiler compiler(*mapping_, source_catalog_, target_catalog_);
    if (base::has_errors(compiler.findings())) return;
    described_.answers =
        run::describe_questions(*source_, compiler.questions(), described_.refused);
  }

  tests::Database source_database_;
  tests::Database target_database_;
  std::string text_;
  base::Result<mapping::Mapping> mapping_;
  std::optional<pg::Connection> source_;
  std::optional<pg::Connection> target_;
  catalog::Catalog source_catalog_;
  catalog::Catalog target_catalog_;
  Described described_;
};

// A mapping of one entity `things`, from `thing t`, with these lines as its columns.
inline std::string mapping_of_things(const std::string& key, const std::string& columns) {
  return "version: 1\nname: test\nsource: {url: service=a, naive_timestamps: "
         "America/Los_Angeles}\ntarget: {url: service=b}\nentities:\n  things:\n    from: thing t\n"
         "    to: things\n    key: " +
         key + "\n    columns:\n" + columns;
}

}  // namespace rehome::plan
