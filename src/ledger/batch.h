// Batches: sets of source keys that workers lease, move and finish, each in one transaction of the
// target.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::ledger {

struct Batch {
  std::int64_t id = 0;
  int run_id = 0;
  std::string entity;
  plan::KeySet keys;
  std::int64_t token = 0;
  std::int64_t worker_id = 0;
};

// What became of a batch's driving rows: source_rows = unchanged + inserted + updated + adopted +
// kept + held + the sum of excluded.
struct BatchCounts {
  std::int64_t source_rows = 0;
  std::int64_t unchanged = 0;
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t adopted = 0;
  std::int64_t kept = 0;
  std::int64_t held = 0;
  std::map<std::string, std::int64_t> excluded;  // by name
  std::int64_t gone = 0;     // no driving rows: they are no longer in the source
  std::int64_t deleted = 0;  // target rows of rows that are gone
  std::int64_t marked = 0;
  std::int64_t bytes = 0;

  BatchCounts& operator+=(const BatchCounts& other);
};

// What a comparison of source and ledger found for the keys of a batch.
struct Difference {
  bool whole = false;                   // the ledger knows none of them: everything is new
  std::vector<plan::KeyText> fresh;     // to be derived: new, or held in another version
  std::vector<plan::KeyText> changed;   // to be derived: here in another version, or asked again
  std::vector<plan::KeyText> reverted;  // here, and no longer in the version that was refused
  std::vector<plan::KeyText> back;      // gone before, in the source again, target row still there
  std::vector<plan::KeyText> gone;      // no longer in the source, or excluded now
  BatchCounts counts;                   // of rows that stay as they are
  bool asks_again = false;              // some of the changed ones are held
  bool begun = false;  // a first transaction has committed all of this but what is to be derived
};

// The worker's lease was taken from it: somebody else has the batch now.
class LeaseLost : public std::exception {
 public:
  const char* what() const noexcept override { return "the lease of this batch was taken over"; }
};

void add_batches(pg::Connection& target, int run_id, const plan::Entity& entity,
                 const std::vector<plan::KeySet>& batches);

// The next waiting batch of the entity, leased to the worker; nothing when none waits, or when no
// more than `spared` do.
std::optional<Batch> lease(pg::Connection& target, int run_id, const plan::Entity& entity,
                           std::int64_t worker_id, int spared = 0);

// First statement of a batch's transaction: locks its row and reads the token again. Throws
// LeaseLost, also when a newer run has been opened: a batch split off while that run waited for the
// lock of its parent is not among those it has taken over.
void lock_batch(pg::Connection& target, const Batch& batch);

// Ends the batch at `upto` and makes a batch of the rest, leased to the same worker. Inside the
// batch's transaction; `batch` stays as it is, because that may yet be rolled back.
Batch split_batch(pg::Connection& target, const Batch& batch, const plan::KeyText& upto);

// A batch for keys that one batch leaves to a later transaction, leased to the same worker.
Batch add_child(pg::Connection& target, const Batch& parent, const plan::KeySet& keys);
// The same for keys of another entity that are settled with those of the parent.
Batch add_child(pg::Connection& target, const Batch& parent, const plan::Entity& entity,
                const plan::KeySet& keys);

// Last statement before COMMIT.
void finish_batch(pg::Connection& target, const Batch& batch, const BatchCounts& counts);

// Sums of all finished batches of a run, by entity.
std::map<std::string, BatchCounts> read_counts(pg::Connection& target, int run_id);

}  // namespace rehome::ledger
