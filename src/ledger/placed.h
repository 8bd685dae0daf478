// Ledger rows whose target row is brought up to date, or that are asked again: what they say, and
// what is written of it.
//
// Every function here belongs into the transaction of the batch that changes the target's rows.
// Threading: as the connection given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::ledger {

// What each column that has one was left as; nothing where that is not known.
using Bases = std::vector<std::optional<std::int32_t>>;
// Of numbers with commas between them; what is no number is not known.
Bases parse_bases(std::string_view text);

// A row that is here.
struct Placed {
  std::vector<std::string> target_key;  // in the binary form
  std::int64_t source_hash = 0;
  std::optional<std::int64_t> row_hash;
  Bases bases;  // empty: none is known
  std::optional<std::int64_t> refused_hash;
  bool asked_again = false;  // the newer version is in conflict with what others wrote
  bool marked = false;       // as a row that is gone, and the mark is to be taken off
};

// By packed legacy key; of these keys only those that are here.
using PlacedRows = std::unordered_map<std::string, Placed>;
PlacedRows read_placed(pg::Connection& target, const plan::Entity& entity,
                       const plan::KeySet& keys);

// A row in one version of the source.
struct Version {
  plan::KeyText key;
  std::int64_t source_hash = 0;
  std::vector<std::size_t> kept;  // places among the bases: the target's edit of the column stays
};

// How a row is held that is asked again.
struct HeldVersion {
  std::int64_t source_hash = 0;
  std::string reason;
  std::string detail;
  std::vector<std::string> target_key;  // in the binary form; empty without row in the target
  std::string ledger_row;               // as a JSON object
};

// By packed legacy key; of these keys only those that are held.
using HeldBefore = std::unordered_map<std::string, HeldVersion>;
HeldBefore read_held_before(pg::Connection& target, const plan::Entity& entity,
                            const plan::KeySet& keys);

// The target has these rows in this version: the hash of what it stored is read, and its bases,
// but for columns in which edits of others stay. What was refused or left open of older versions is
// forgotten.
void note_current(pg::Connection& target, const plan::Entity& entity, int run_id,
                  const std::vector<Version>& rows);

// These versions were passed over for good: the target keeps what others wrote, and row_hash still
// says what it was before that.
void note_passed_over(pg::Connection& target, const plan::Entity& entity, int run_id,
                      const std::vector<Version>& rows);

// These versions were refused while an older one is here. Their quarantine rows are not written.
void note_refused(pg::Connection& target, const plan::Entity& entity, int run_id,
                  const std::vector<Version>& rows);

// The source has these rows in the version that is here: a newer one was refused, and is no more.
void forget_refused(pg::Connection& target, const plan::Entity& entity, int run_id,
                    const plan::KeySet& keys);

}  // namespace rehome::ledger
