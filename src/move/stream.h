// The derived rows of a batch as they come out of the source, read ahead by a thread of its own: so
// the source computes while the target takes rows, checks and commits. And what ends a road. Inside
// the room only.
#pragma once

#include <exception>
#include <span>
#include <string>
#include <vector>

#include "ledger/batch.h"
#include "pg/binary.h"
#include "pg/connection.h"
#include "pg/savepoint.h"
#include "plan/statements.h"
#include "work/producer.h"

namespace rehome::move {

// The server took fewer rows than it was sent: a trigger or a rule drops some.
class RowsDropped : public std::exception {
 public:
  const char* what() const noexcept override {
    return "the target took fewer rows than it was sent";
  }
};

plan::KeySet listed(const std::vector<plan::KeyText>& keys);
// The keys of the batch that are derived: all of them, or the fresh and the changed ones.
plan::KeySet derived_keys(const ledger::Batch& batch, const ledger::Difference& difference);

// Used by the mover's thread. The source connection is the stream's until the last row was read, or
// the stream is destroyed, which cancels the rest; a savepoint keeps the snapshot either way.
class Stream {
 public:
  Stream(pg::Connection& source, const plan::Entity& entity, const plan::KeySet& keys,
         const std::vector<plan::KeyText>& except);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // True if there is a row; it stays current until `advance`. Waits for the source, and throws what
  // it says against the derivation.
  bool has_row();
  std::span<const pg::Field> row() const { return row_; }
  void advance() { row_ = {}; }

 private:
  // Messages of the COPY, one after the other.
  struct Chunk {
    std::string bytes;
    std::vector<std::size_t> ends;
  };

  void read_all(const std::string& statement, const work::Producer<Chunk>::Give& give);
  bool next_chunk();

  pg::Connection& source_;
  const std::string name_;
  pg::Savepoint snapshot_;
  pg::Canceller canceller_;
  Chunk chunk_;
  std::size_t message_ = 0;  // the next one of chunk_
  pg::RowReader reader_;
  std::span<const pg::Field> row_;
  bool ended_ = false;
  work::Producer<Chunk> chunks_;  // last: its thread uses the above
};

}  // namespace rehome::move
