// Rows of one batch in a temporary table of the target, until each stands in its table or is
// refused. Inside the room only.
//
// Must be used inside a batch's transaction, on the worker's thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/open_ref.h"
#include "ledger/placed.h"
#include "ledger/quarantine.h"
#include "ledger/undo.h"
#include "move/adoption.h"
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

struct StagedRow {
  enum class Outcome {
    waits,        // for a later transaction, unless it is refused
    stands,       // inserted, or updated
    equal,        // the target has this version already
    passed_over,  // the target keeps what others wrote
    lost,         // others have deleted it from the target
  };

  Crossing crossing;
  std::string body;  // until it is staged
  std::vector<ledger::OpenRef> open_refs;
  const ledger::Placed* placed = nullptr;  // of a row that is in the target
  bool found = false;                      // in the target, and not taken yet
  bool pointed_at = false;                 // then: the ledger calls it another key's
  std::int64_t stored_hash = 0;            // of a row in the target, when it was compared
  std::vector<std::size_t> differing;      // its columns that have another value there
  std::string newer;                       // whose version, as plan::compare_staged_statement says
  std::vector<std::int32_t> stored_bases;  // where edits are merged: what its values there make
  std::vector<std::int32_t> sent_bases;    // and what its staged ones would
  std::vector<std::size_t> kept;           // places among these: the target's edit stays
  bool keeps_edits = false;                // of others: at most the mark of a gone row is taken off
  std::optional<ledger::HeldRow> refusal;
  Outcome outcome = Outcome::waits;

  // Whose version stands where both are another; and who cannot be told to.
  enum class Winner { source, target, nobody };

  bool in_target() const { return placed != nullptr || found; }
};

class StagedRows {
 public:
  using Row = StagedRow;
  using Outcome = StagedRow::Outcome;

  // `refs_may_fill`: refs that are open now may be filled later in the run.
  StagedRows(pg::Connection& target, const plan::Entity& entity, ledger::BatchPlace place,
             bool refs_may_fill);

  void add(const Crossing& crossing, std::string_view body,
           const std::vector<ledger::OpenRef>& open_refs, const ledger::Placed* placed,
           const ledger::Found* found);
  std::size_t size() const { return rows_.size(); }
  const std::vector<Row>& rows() const { return rows_; }
  plan::KeyText key_of(const Row& row) const;
  static bool is_back_as_it_was(const Row& row);

  // In this order.
  void stage();
  // staged_adoption.cpp: finds the rows of the target that have a row's natural key.
  void match(const Adoption& adoption);
  // update_road.cpp: decides which rows of the target are to be written, and writes them. Locks
  // them all.
  void update();
  // `suspects`: rows the server named when it refused the batch, by index, ascending.
  void insert(const std::vector<std::size_t>& suspects);

 private:
  enum class Write { updates, inserts };
  using Indexes = std::span<const std::size_t>;

  // What the server says against a value of one staged row, and which row; nothing when all are
  // staged.
  std::optional<std::pair<std::size_t, pg::ErrorFields>> try_stage();
  // Those that are neither refused nor settled, ascending.
  std::vector<std::size_t> open_rows(Write write) const;
  void probe(Write write);
  bool mark_refused(Write write);
  void read_refusals();
  // What the server says against these rows; nothing when they stand.
  std::optional<pg::ErrorFields> try_write(Write write, Indexes rows);
  std::int64_t write_inserts(Indexes rows);
  // True if all of them stand.
  bool write_rows(Write write, Indexes rows);
  // For two or more rows that were refused as a whole.
  void write_halves(Write write, Indexes rows);

  // update_road.cpp
  void compare();
  void read_differences(Indexes rows);
  void decide(Row& row);
  // merge.cpp: a column that only one side changed takes that side.
  void merge(Row& row);
  Row::Winner find_winner(const Row& row) const;
  static Row::Winner find_newer(const Row& row);
  static std::string tell_times(const Row& row);
  void refuse_differing(Row& row, const std::string& reason, const std::string& message);
  void keep_edits(Row& row) const;
  bool is_unmarked(const Row& row) const;
  std::int64_t write_updates(Indexes rows);
  void retry_updates();
  std::vector<std::size_t> rows_without_value() const;
  bool retry_one_by_one(Indexes rows);

  // staged_adoption.cpp
  struct Match;
  bool take_match(Row& row, std::span<const Match> matches, const Adoption& adoption);
  void refuse_match(Row& row, const std::string& reason, const std::string& message,
                    const std::string& detail);
  void claim_matches(std::vector<std::size_t> rows);
  void glance();
  const ledger::OpenRef* find_awaited(const Row& row, Indexes differing, bool source_wins) const;
  Row::Winner find_adopted_winner(const Row& row) const;
  void decide_found(Row& row);

  pg::Connection& target_;
  const plan::Entity& entity_;
  const ledger::BatchPlace place_;
  const bool refs_may_fill_;
  std::vector<Row> rows_;
  std::size_t staged_ = 0;  // of rows_, from the first on
  int savepoints_ = 0;
};

// For statements that speak of staged rows.
std::string ordinals(std::span<const std::size_t> rows);

}  // namespace rehome::move
