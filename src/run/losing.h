// Which rows lose a unique value in this run's snapshot, and which of them did not before.
//
// Threading: one thread; the searches are anybody's.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "move/losers.h"
#include "plan/statements.h"
#include "run/account.h"

namespace rehome::run {

class Losing {
 public:
  explicit Losing(const plan::Plan& plan) : plan_(plan), searches_(plan) {}

  // Before any row is moved.
  void begin(pg::Connection& target, int run_id);

  // Entities of which the ledger knew no row then.
  const std::set<std::string>& first_loads() const { return first_loads_; }
  move::LoserSearches& searches() { return searches_; }

  // Rows that must be taken again because others have moved: `rows_are_gone`, or were derived; or
  // nobody knows, since the run before did not come to its end. `both`: inside the run's snapshot.
  std::vector<plan::KeyText> read_turned(const BothSides& both, const plan::Entity& entity,
                                         bool rows_are_gone);
  // When these have been taken.
  void note(pg::Connection& target, const plan::Entity& entity);

 private:
  const plan::Plan& plan_;
  move::LoserSearches searches_;
  std::set<std::string> first_loads_;
  bool follows_unfinished_ = false;
};

}  // namespace rehome::run
