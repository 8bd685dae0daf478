// What a run wrote over or took as its own: enough to put the target and the ledger back.
//
// Every function here belongs into the transaction that changes what it keeps. Threading: as the
// connection given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
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

// SQL of the target's row as a JSON object column → text.
std::string row_image(const plan::Entity& entity, std::string_view alias);
// Keeps what `rows`, a FROM clause, gives as the target's row `t` and the ledger's row `l`, before
// either is written. `legacy_key`: SQL, as quarantine keeps it. `kind`: update, adopt, delete,
// mark, settle.
std::string keep_images_statement(const plan::Entity& entity, const BatchPlace& place,
                                  std::string_view kind, const std::string& legacy_key,
                                  const std::string& rows);

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
