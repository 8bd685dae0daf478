// Deletes or marks target rows whose driving rows are gone. A row that others have changed, or that
// other rows refer to, stays, and quarantine says why; rows of the application are never cascaded
// away.
//
// Threading: as the connection given.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/batch.h"
#include "ledger/leaving.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::move {

struct RemoverFacts {
  const plan::Plan& plan;
  const plan::Entity& entity;
  // Entities whose rows may have to go in one transaction with ours; ours first.
  std::vector<const plan::Entity*> together;
  int run_id = 0;
  std::function<bool()> stopped;  // asked before a transaction, and while a lock is waited for
};

class Remover {
 public:
  Remover(pg::Connection& target, const RemoverFacts& facts);

  // Removes what the batch has of leaving rows, and those that must go with them: one transaction,
  // or more when the target refuses rows one by one. Returns how many rows were deleted or marked.
  // Throws as Mover::move.
  std::int64_t remove(const ledger::Batch& batch);

 private:
  using Keys = std::span<const plan::KeyText>;

  // One transaction. What is left for the next.
  std::optional<ledger::Batch> remove_part(const ledger::Batch& batch);
  void finish(const ledger::Batch& batch);
  // In halves, when the target refuses them together.
  void remove_rows(Keys keys);
  // In a savepoint. What the server says against it; nothing when they have left, or stay for a
  // reason of ours.
  std::optional<pg::ErrorFields> try_remove(Keys keys);
  void stage(Keys keys);
  std::int64_t stage_referrers();
  void refuse_referred();
  std::optional<pg::ErrorFields> remove_staged();
  void count_left();
  void note_refusals();
  void note_refusals_of(const plan::Entity& entity);
  std::map<plan::KeyText, std::string> name_referrers(const plan::Entity& entity,
                                                      const std::vector<ledger::Refusal>& refusals);
  void hold(const plan::KeyText& key, const pg::ErrorFields& fields);

  pg::Connection& target_;
  const RemoverFacts& facts_;
  const plan::Entity& entity_;
  ledger::BatchPlace place_;
  int savepoints_ = 0;
  std::int64_t removed_ = 0;
  std::vector<std::int64_t> left_;      // by entity, of the savepoint at hand
  std::vector<plan::KeyText> waiting_;  // for a later transaction
  // By entity, as of the transaction at hand.
  std::map<const plan::Entity*, ledger::BatchCounts> counts_;
  std::map<const plan::Entity*, std::map<plan::KeyText, ledger::HeldRow>> staying_;
};

}  // namespace rehome::move
