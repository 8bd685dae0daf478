// What a run wrote over or took as its own: enough to put the target and the ledger back.
//
// Every function here belongs into the transaction that changes what it keeps. Threading: as the
// connection given.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::ledger {

struct BatchPlace {
  int run_id = 0;
  std::int64_t batch_id = 0;
};

// A staged row whose target row is about to be written.
struct ImageKey {
  std::size_t ordinal = 0;
  plan::KeyText key;
};

// Keeps the target's rows as they are, and the ledger's where there are any, before either is
// written. The target's must be locked. `kind`: update or adopt.
void keep_images(pg::Connection& target, const plan::Entity& entity, const BatchPlace& place,
                 const std::string& kind, const std::vector<ImageKey>& rows);

// Adoptions that write nothing into the target, until the batch ends. One thread.
class AdoptionNotes {
 public:
  explicit AdoptionNotes(const plan::Entity& entity) : entity_(entity) { clear(); }

  // `ledger_row`: as it was, as a JSON object; empty when there was none.
  void add(const BatchPlace& place, const plan::KeyText& key, const std::string& ledger_row);
  void clear();
  void copy_to(pg::Connection& target);

 private:
  const plan::Entity& entity_;
  std::string bytes_;
  std::int64_t count_ = 0;
};

}  // namespace rehome::ledger
