// The rows of rehome.ledger_<entity>: one per legacy key ever taken.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pg/binary.h"
#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::ledger {

// In the binary form of an array.
std::string pack_bases(const std::vector<std::int32_t>& bases);

// Ledger rows of one batch, kept in the form COPY takes until its target rows are in. One thread.
class RowBuffer {
 public:
  RowBuffer(const plan::Entity& entity, int run_id);

  // A row that now has a target row. `target_key`: its fields, in the binary form. `row_hash`
  // nothing: to be set later.
  void add_here(std::span<const pg::Field> legacy_key, std::span<const pg::Field> target_key,
                std::int64_t source_hash, std::optional<std::int64_t> row_hash);
  // The same of a row that was in the target before. `bases`: beside a row hash, where edits are
  // merged.
  void add_adopted(std::span<const pg::Field> legacy_key, std::span<const pg::Field> target_key,
                   std::int64_t source_hash, std::optional<std::int64_t> row_hash,
                   const std::vector<std::int32_t>& bases);
  // One that stays as the target has it, although the source's is another: nobody knows what both
  // were made from.
  void add_passed_over(std::span<const pg::Field> legacy_key, std::span<const pg::Field> target_key,
                       std::int64_t source_hash);
  // `target_key`: of its row in the target, which was not adopted; or empty.
  void add_held(std::span<const pg::Field> legacy_key, std::span<const pg::Field> target_key,
                std::int64_t source_hash);
  // The hash of the stored row, by its packed target key, and its bases in the binary form, where
  // edits are merged.
  void set_row_hash(std::string_view target_key, std::int64_t row_hash, std::string_view bases);
  // Target keys whose hash is not known yet.
  const std::unordered_map<std::string, std::size_t>& unhashed() const { return unhashed_; }

  std::int64_t count() const { return count_; }
  void clear();
  // Sends everything; the server's count must be ours.
  void copy_to(pg::Connection& target);

 private:
  void begin_row(std::int64_t source_hash);
  void add_row_hash(std::span<const pg::Field> target_key, std::optional<std::int64_t> row_hash,
                    std::string_view bases);
  void add_no_row_hash();
  void end_row(std::span<const pg::Field> legacy_key, std::span<const pg::Field> target_key,
               std::string_view state, bool inserted);

  const plan::Entity& entity_;
  int run_id_;
  std::string no_bases_;  // as many as there will be; empty: the ledger keeps none
  std::string bytes_;
  std::int64_t count_ = 0;
  std::unordered_map<std::string, std::size_t>
      unhashed_;  // target key → place of its row_hash in bytes_
};

struct Summary {
  std::int64_t here = 0;
  std::int64_t held = 0;
  std::int64_t gone = 0;
  std::int64_t refused = 0;      // of those here, in a newer version
  std::int64_t asked_again = 0;  // of those refused or held: the cause may pass in the target
  std::string hash_sum = "0";    // of here and held, in the version seen last; numeric text
};

// True if no key of the entity was ever taken.
bool is_empty(pg::Connection& target, const plan::Entity& entity);

Summary read_summary(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys);

enum class State { here, held, gone };

struct Known {
  std::int64_t source_hash = 0;
  State state = State::here;
  std::optional<std::int64_t> refused_hash;  // of a newer version, while an older is here
  bool asked_again = false;                  // why it is held or refused may pass in the target
  bool has_base = true;                      // what its target row was left as is known
  bool marked = false;                       // its target row carries the mark of one that is gone
};

// By packed legacy key.
using KnownRows = std::unordered_map<std::string, Known>;
// Keys that are gone and have no target row any more are as good as unknown, and left out.
KnownRows read_known(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys);

// Forgets held and gone rows of these keys, and their quarantine, because they are derived again.
void forget_unplaced(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys);
// here or held → gone; what was held leaves the quarantine. Those whose target row others have
// deleted are done with.
void mark_gone(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys,
               int run_id);
// gone → here, for keys that came back while their target row still stands.
std::int64_t mark_back(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys,
                       int run_id);

// A row of the target by both its keys.
struct StandingRow {
  plan::KeyText legacy_key;
  plan::KeyText target_key;
};
// Rows of the target that no run has taken, whose key the mapping excludes. Of several with one
// legacy key the first. Returns how many; none when a newer run has been opened.
std::int64_t add_gone(pg::Connection& target, const plan::Entity& entity, int run_id,
                      const std::vector<StandingRow>& rows);

}  // namespace rehome::ledger
