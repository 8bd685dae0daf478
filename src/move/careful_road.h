// Rows of one batch in a temporary table of the target, until each stands in its table or is
// refused. Inside the room only.
//
// Must be used inside a batch's transaction, on the worker's thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/quarantine.h"
#include "move/translator.h"
#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::move {

// More subtransactions than this cost the live application dearly (PostgreSQL keeps 64 per backend
// in shared memory).
inline constexpr int k_savepoints_max = 64;
inline constexpr int k_stagings_max = 32;

ledger::HeldRow held_by_server(const plan::Entity& entity, const pg::ErrorFields& fields,
                               const plan::KeyText& key);

class StagedRows {
 public:
  struct Row {
    Crossing crossing;
    std::string body;  // until it is staged
    std::vector<ledger::OpenRef> open_refs;
    std::optional<ledger::HeldRow> refusal;
    bool stands = false;
  };

  StagedRows(pg::Connection& target, const plan::Entity& entity);

  void add(const Crossing& crossing, std::string_view body,
           const std::vector<ledger::OpenRef>& open_refs);
  std::size_t size() const { return rows_.size(); }
  // After `insert`: a row that neither stands nor is refused waits for a later transaction.
  const std::vector<Row>& rows() const { return rows_; }
  plan::KeyText key_of(const Row& row) const;

  void stage();
  void probe();
  // `suspects`: rows the server named when it refused the batch, by index, ascending.
  void insert(const std::vector<std::size_t>& suspects);

 private:
  // What the server says against a value of one staged row, and which row; nothing when all are
  // staged.
  std::optional<std::pair<std::size_t, pg::ErrorFields>> try_stage();
  bool mark_refused();
  void read_refusals();
  std::int64_t open_rows(std::size_t first, std::size_t last) const;
  // What the server says against the open rows of the range; nothing when they stand.
  std::optional<pg::ErrorFields> try_insert(std::size_t first, std::size_t last);
  // True if all rows of the range stand, but for those refused before.
  bool insert_range(std::size_t first, std::size_t last);
  // For a range of two or more open rows that was refused as a whole.
  void insert_halves(std::size_t first, std::size_t last);

  pg::Connection& target_;
  const plan::Entity& entity_;
  std::vector<Row> rows_;
  std::size_t staged_ = 0;  // of rows_, from the first on
  int savepoints_ = 0;
};

}  // namespace rehome::move
