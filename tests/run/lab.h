// Two databases, a mapping between them, and its plan: for tests of the rooms that move rows.
#pragma once

#include <memory>
#include <string>

#include "ledger/run.h"
#include "pg/connection.h"
#include "run/compile.h"
#include "support/cluster.h"

namespace rehome::tests {

// One thread, but for the urls.
class Lab {
 public:
  // `entities`: the mapping from `entities:` on, indented by two. `defaults`: one line in braces.
  // Fails the test when it does not compile.
  Lab(const std::string& source_sql, const std::string& target_sql, const std::string& entities,
      const std::string& defaults = "{}", const std::string& source_options = "");

  Database& source() { return *source_; }
  Database& target() { return target_; }
  const run::Compiled& compiled() const { return compiled_; }
  const plan::Plan& plan() const { return compiled_.plan; }
  const plan::Entity& entity(std::string_view name) const;
  // After a change of either schema.
  void compile_again();

  // A source session inside a snapshot of its own, and a target session outside any transaction.
  std::unique_ptr<pg::Connection> connect_source() const;
  std::unique_ptr<pg::Connection> connect_target(const std::string& application = "lab") const;

  // Schema rehome with a run and the entities' ledgers.
  int open_run(pg::Connection& control) const;

 private:
  std::unique_ptr<Database> source_;
  Database target_{"target"};
  std::string mapping_;
  run::Compiled compiled_;
};

ledger::RunFacts lab_facts();

}  // namespace rehome::tests
