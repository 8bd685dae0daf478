// Rows that were in the target before: those that no row of the ledger stands for, gathered into a
// table of their own while a run needs them.
//
// A held row's target row is among them, and so is that of a row that was gone before it was ever
// taken: neither has been moved or adopted. Threading: as the connection given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::ledger {

// `rehome.found_<entity>`, quoted.
std::string found_table_of(const plan::Entity& entity);

struct FoundCounts {
  std::int64_t rows = 0;
  std::int64_t with_natural_key = 0;
};

// Fills that table anew; without rows it is not made.
FoundCounts gather_found(pg::Connection& target, const plan::Plan& plan,
                         const plan::Entity& entity);
void drop_found(pg::Connection& target, const plan::Entity& entity);

// A row of the target that carries a legacy key.
struct Found {
  std::vector<std::string> target_key;  // in the binary form
  std::optional<std::int64_t> row_hash;
  bool pointed_at = false;  // the ledger calls it the row of another key
  std::vector<std::string>
      texts;  // target keys of all rows with this legacy key, as people read them
};

// For each key the row of the target that carries it, or nothing.
std::vector<std::optional<Found>> read_found(pg::Connection& target, const plan::Entity& entity,
                                             const std::vector<plan::KeyText>& keys);

// Ledger rows of other keys that call these rows of the target theirs, do so no longer. Inside the
// transaction that adopts them. `legacy_keys`: of the rows that do.
void release_found(pg::Connection& target, const plan::Entity& entity,
                   const std::vector<plan::KeyText>& legacy_keys);

}  // namespace rehome::ledger
