// Rows that were in the target before: gathered once per run and entity, when the first batch wants
// them. A run that finds nothing new never asks.
//
// Threading: any; who comes first gathers, with connections of its own, and the others wait.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "ledger/found.h"
#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::move {

// Packed keys of source rows that share their natural key with others, and the key of one of these.
using Rivals = std::unordered_map<std::string, plan::KeyText>;

class Adoption {
 public:
  Adoption(const plan::Plan& plan, const plan::Entity& entity) : plan_(plan), entity_(entity) {}

  // True if there are rows to adopt. `lookup`: a session inside the run's snapshot.
  bool gather(pg::Connection& target, pg::Connection& lookup);

  // After `gather`, and then unchanged.
  bool by_natural_key() const { return counts_->with_natural_key > 0; }
  const Rivals& rivals() const { return rivals_; }

 private:
  const plan::Plan& plan_;
  const plan::Entity& entity_;
  std::mutex mutex_;
  std::optional<ledger::FoundCounts> counts_;
  Rivals rivals_;
};

// Those of a run.
class Adoptions {
 public:
  explicit Adoptions(const plan::Plan& plan);
  Adoption& of(const plan::Entity& entity) { return *by_entity_.at(entity.name); }

 private:
  std::map<std::string, std::unique_ptr<Adoption>> by_entity_;
};

}  // namespace rehome::move
