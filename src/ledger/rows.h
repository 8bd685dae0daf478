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

// Ledger rows of one batch, kept in the form COPY takes until its target rows are in. One thread.
class RowBuffer {
 public:
  RowBuffer(const plan::Entity& entity, int run_id);

  // A row that now has a target row. `target_key`: its fields, in the binary form. `row_hash`
  // nothing: to be set later.
  void add_here(std::span<const pg::Field> legacy_key, std::span<const pg::Field> target_key,
                std::int64_t source_hash, std::optional<std::int64_t> row_hash);
  void add_held(std::span<const pg::Field> legacy_key, std::int64_t source_hash);
  // The hash of the stored row, by its packed target key.
  void set_row_hash(std::string_view target_key, std::int64_t row_hash);
  // Target keys whose hash is not known yet.
  const std::unordered_map<std::string, std::size_t>& unhashed() const { return unhashed_; }

  std::int64_t count() const { return count_; }
  void clear();
  // Sends everything; the server's count must be ours.
  void copy_to(pg::Connection& target);

 private:
  void add_common(std::span<const pg::Field> legacy_key);

  const plan::Entity& entity_;
  int run_id_;
  std::string bytes_;
  std::int64_t count_ = 0;
  std::unordered_map<std::string, std::size_t>
      unhashed_;  // target key → place of its row_hash in bytes_
};

struct Summary {
  std::int64_t here = 0;
  std::int64_t held = 0;
  std::int64_t gone = 0;
  std::int64_t refused = 0;    // of those here, in a newer version
  std::int64_t conflicts = 0;  // of those refused, because both sides changed
  std::string hash_sum = "0";  // of here and held, in the version seen last; numeric text
};

// True if no key of the entity was ever taken.
bool is_empty(pg::Connection& target, const plan::Entity& entity);

Summary read_summary(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys);

enum class State { here, held, gone };

struct Known {
  std::int64_t source_hash = 0;
  State state = State::here;
  std::optional<std::int64_t> refused_hash;  // of a newer version, while an older is here
  bool in_conflict = false;                  // that was refused because both sides changed
};

// By packed legacy key.
using KnownRows = std::unordered_map<std::string, Known>;
// Keys that are gone and have no target row any more are as good as unknown, and left out.
KnownRows read_known(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys);

// Forgets held and gone rows of these keys, and their quarantine, because they are derived again.
void forget_unplaced(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys);
// here or held → gone; what was held leaves the quarantine.
void mark_gone(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys,
               int run_id);
// gone → here, for keys that came back while their target row still stands.
std::int64_t mark_back(pg::Connection& target, const plan::Entity& entity, const plan::KeySet& keys,
                       int run_id);

}  // namespace rehome::ledger
