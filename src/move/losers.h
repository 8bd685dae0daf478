// Rows that share a unique value with another: the lowest key wins, decided in the snapshot and not
// by who commits first.
//
// Threading: any; who comes first asks the source, and the others wait.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "move/translator.h"
#include "pg/connection.h"

namespace rehome::move {

// The losers of one entity in a run's snapshot. To find them reads all its rows, so a run that
// derives none never asks.
class LoserSearch {
 public:
  explicit LoserSearch(const plan::Entity& entity) : entity_(entity) {}

  // `source`: inside the run's snapshot.
  void find(pg::Connection& source);

  // Empty before `find`, and then unchanged.
  const Losers& losers() const { return losers_; }
  bool is_found() const { return found_; }

 private:
  const plan::Entity& entity_;
  std::once_flag asked_;
  std::atomic<bool> found_ = false;
  Losers losers_;
};

// Those of a run.
class LoserSearches {
 public:
  explicit LoserSearches(const plan::Plan& plan);
  LoserSearch& of(const plan::Entity& entity) { return *by_entity_.at(entity.name); }

 private:
  std::map<std::string, std::unique_ptr<LoserSearch>> by_entity_;
};

}  // namespace rehome::move
