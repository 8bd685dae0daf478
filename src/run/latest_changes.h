// What the mapping's `detect` is worth in a run: up to which change earlier runs have seen
// everything, and up to which this one has.
//
// Threading: the session's.
#pragma once

#include <optional>
#include <string>

#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::run {

class LatestChanges {
 public:
  // `thorough`: this run looks at everything.
  LatestChanges(const plan::Plan& plan, bool thorough) : plan_(plan), thorough_(thorough) {}

  // Before any row is compared, and after the entities have been installed.
  void begin(pg::Connection& target) const;

  // Nothing: all rows are to be compared.
  std::optional<std::string> seen(pg::Connection& target, const plan::Entity& entity) const;

  // When all rows have been compared. `source`: inside the run's snapshot.
  void note(pg::Connection& target, pg::Connection& source) const;

 private:
  const plan::Plan& plan_;
  bool thorough_;
};

}  // namespace rehome::run
