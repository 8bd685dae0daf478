// The derived rows of a batch as they stream out of the source, and what ends a road. Inside the
// room only.
#pragma once

#include <exception>
#include <optional>
#include <span>
#include <vector>

#include "ledger/batch.h"
#include "move/mover.h"

namespace rehome::move {

// The server took fewer rows than it was sent: a trigger or a rule drops some.
class RowsDropped : public std::exception {
 public:
  const char* what() const noexcept override {
    return "the target took fewer rows than it was sent";
  }
};

plan::KeySet listed(const std::vector<plan::KeyText>& keys);
// The keys of the batch that are derived: all of them, or the fresh ones.
plan::KeySet derived_keys(const ledger::Batch& batch, const ledger::Difference& difference);

// Sets a savepoint, so that the snapshot survives a failing expression, and releases it at the end;
// `guarded` is true meanwhile.
class Mover::Stream {
 public:
  Stream(pg::Connection& source, const plan::Entity& entity, const plan::KeySet& keys,
         const std::vector<plan::KeyText>& except, bool& guarded);

  // True if there is a row; it stays current until `advance`.
  bool has_row() const { return has_row_; }
  std::span<const pg::Field> row() const { return row_; }
  void advance();

 private:
  pg::Connection& source_;
  bool& guarded_;
  pg::CopyOut copy_;
  pg::RowReader reader_;
  std::span<const pg::Field> row_;
  bool has_row_ = false;
};

}  // namespace rehome::move
