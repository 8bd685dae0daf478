// Ledger rows that are gone: which of them have a target row that is to leave, and what became of
// it.
//
// The functions that write belong into the transaction of a batch; those that speak of leaving rows
// also after plan::create_leaving_statement. Threading: as the connection given.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/placed.h"
#include "ledger/quarantine.h"
#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::ledger {

struct LeavingCounts {
  // Their target row was taken and is to leave, and no run has tried it yet.
  std::int64_t untried = 0;
  std::int64_t placed = 0;  // all rows of the entity that have a target row
};

// Of an entity whose gone rows are to be deleted or marked. Cheap when none is.
LeavingCounts count_leaving(pg::Connection& target, const plan::Entity& entity);

// Ranges of keys, each with at most batch_rows rows whose target row is to leave. Together they
// hold them all; empty when there is none.
std::vector<plan::KeySet> cut_leaving(pg::Connection& target, const plan::Entity& entity);
std::vector<plan::KeyText> read_leaving(pg::Connection& target, const plan::Entity& entity,
                                        const plan::KeySet& keys);

// These rows are to leave.
void stage_leaving(pg::Connection& target, const plan::Entity& entity,
                   const std::vector<plan::KeyText>& keys);
// So are the rows of `child` that are gone and refer to one of `parent` that is to leave. Returns
// how many have come to it.
std::int64_t stage_referrers(pg::Connection& target, const plan::Entity& parent,
                             const plan::Referrer& referrer, const plan::Entity& child);

// Why a row that was to leave stays, beside numbers of referrers.
inline constexpr int k_changed_by_others = -1;
inline constexpr int k_kept_for_others = -2;  // changed by others, and conflicts: target_wins
inline constexpr int k_vanished = -3;         // others have deleted it just now, or taken it over
inline constexpr int k_never_taken = -4;      // it was there before: nobody knows what it was
// Refuses those that others have made, changed or deleted. The target's rows must be locked.
void refuse_changed(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity);
struct Refusal {
  plan::KeyText key;
  int cause = 0;
};
std::vector<Refusal> read_refusals(pg::Connection& target, const plan::Entity& entity);
void clear_leaving(pg::Connection& target, const plan::Entity& entity);

// Images of all that are not refused, before they are deleted or marked.
std::int64_t keep_leaving_images(pg::Connection& target, const plan::Entity& entity,
                                 const BatchPlace& place);
// All that are not refused have left: deleted, or marked.
void note_left(pg::Connection& target, const plan::Entity& entity, int run_id);

// The target rows of these stay, and quarantine says why. What it says already is not written
// again.
void note_staying(pg::Connection& target, const plan::Entity& entity, const BatchPlace& place,
                  std::vector<HeldRow> rows);
// These stay, and nothing is to be said of it.
void forget_staying(pg::Connection& target, const plan::Entity& entity, int run_id,
                    const std::vector<plan::KeyText>& keys);
// The same for all gone rows of an entity whose policy is to report them.
void forget_all_staying(pg::Connection& target, const plan::Entity& entity);

// Ranges of keys with rows that others have deleted from the target: of those that are gone, and
// with Lost::restore of those that are here, too. Empty when there is none.
std::vector<plan::KeySet> cut_absent(pg::Connection& target, const plan::Plan& plan,
                                     const plan::Entity& entity);
// They are gone and deleted: what the source still has of them is new.
void note_absent(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys,
                 int run_id);

// Of gone rows whose target row is deleted: its key in the binary form, by packed legacy key.
using FormerKeys = std::unordered_map<std::string, std::vector<std::string>>;
FormerKeys read_former_keys(pg::Connection& target, const plan::Entity& entity,
                            const plan::KeySet& keys);

}  // namespace rehome::ledger
