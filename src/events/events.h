// What happened, as plain structs, and the interface of those who want to know.
//
// Promise: no event holds a row's values or a password. Sinks are called from any thread, one call
// at a time per sink.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rehome::events {

struct RunStarted {
  int run_id = 0;  // 0: a rehearsal
  std::string mapping;
  std::int64_t batches_taken_over = 0;  // unfinished work of an earlier run
};

struct EntityStarted {
  std::string entity;
  std::int64_t rows_expected = 0;  // of the source
  std::int64_t batches = 0;
};

struct BatchFinished {
  std::string entity;
  std::int64_t source_rows = 0;
  std::int64_t inserted = 0;
  std::int64_t held = 0;
  std::int64_t bytes = 0;
};

struct EntityFinished {
  std::string entity;
};

// More rows of an entity are gone than may be deleted or marked without a word: none is.
struct DeletesBraked {
  std::string entity;
  std::int64_t gone = 0;
  std::int64_t placed = 0;  // its rows in the target
};

// Target rows of rows that are gone were deleted or marked; those of other entities that had to go
// with them, too.
struct RowsRemoved {
  std::string entity;
  std::int64_t rows = 0;
};

class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on(const RunStarted&) {}
  virtual void on(const EntityStarted&) {}
  virtual void on(const BatchFinished&) {}
  virtual void on(const EntityFinished&) {}
  virtual void on(const DeletesBraked&) {}
  virtual void on(const RowsRemoved&) {}
};

}  // namespace rehome::events
