// Moves the rows of one batch: fast road first, careful road when a server refuses or rows of the
// target are to be updated, one transaction of the target either way.
//
// Threading: a Mover belongs to one worker and its two connections. The source connection is inside
// a transaction on the run's snapshot.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/batch.h"
#include "ledger/open_ref.h"
#include "ledger/placed.h"
#include "ledger/quarantine.h"
#include "ledger/rows.h"
#include "ledger/undo.h"
#include "move/adoption.h"
#include "move/breaker.h"
#include "move/departures.h"
#include "move/losers.h"
#include "move/translator.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::move {

class RowGroup;
class StagedRows;
struct StagedRow;
class Stream;

struct Sessions {
  pg::Connection& source;
  pg::Connection& lookup;  // on the same snapshot, for questions while rows stream
  pg::Connection& target;
};

struct MoverFacts {
  const plan::Plan& plan;
  const plan::Entity& entity;
  std::shared_future<RefMaps> parents;  // asked for when a row is derived
  LoserSearch& losers;                  // the same
  base::Uuid name_space;
  int run_id = 0;
  Breaker& breaker;
  std::function<void(const ledger::BatchCounts&)> finished;  // after every COMMIT
  std::function<bool()> stopped;                             // nobody waits for this batch any more
  Adoption* adoption = nullptr;                              // nothing: no row is adopted
  const Coming* coming = nullptr;                            // of a knot
  bool refs_may_fill = true;         // refs that are open now may be filled later in the run
  Departures* departures = nullptr;  // nothing: all have been noted
};

// Draws so many ids from the entity's sequence.
void draw_ids(pg::Connection& target, const plan::Entity& entity, std::size_t count,
              std::deque<std::int64_t>& ids);

// By packed legacy key, in the binary form.
using TargetKeys = std::unordered_map<std::string, std::vector<std::string>>;

// A row of a knot is in a batch of its entity, too: in one that comes later, and finds it here, or
// in one that has held it.
enum class CountedAs { unchanged, held };

class Mover {
 public:
  Mover(Sessions sessions, const MoverFacts& facts);

  ~Mover();

  // Brings the ledger and the target up to date for the keys of the batch, which may end as several
  // transactions. When `stopped` says so while it waits for a lock, what is left of the batch stays
  // as it is. `next`: the batch that is moved after this one, if all of it is new; the source
  // begins with it while the target ends this one. Throws pg::Error for what is no row's fault,
  // ledger::LeaseLost, BreakerOpen.
  void move(ledger::Batch batch, ledger::Difference difference,
            const std::optional<ledger::Batch>& next);

  // tied.cpp: the part of this entity in a knot's transaction, which the caller begins and commits.
  // All rows of the batch are new, and their target keys decided. `counted`: what another batch
  // counts them as, which is taken off. Throws RowsDropped, too.
  void move_tied(const ledger::Batch& batch, const TargetKeys& decided, CountedAs counted);
  // The row that the server named when it refused `move_tied`.
  std::optional<plan::KeyText> find_tied(const pg::Error& error) const;
  // After `move_tied` has failed, when the transaction is rolled back.
  void forget_tied() { ledger_rows_.clear(); }
  // Rows that the target refuses, in a transaction of their own.
  void hold_tied(const ledger::Batch& batch, std::vector<ledger::HeldRow> rows);

 private:
  // What one transaction will commit besides the target's rows.
  struct Part {
    std::int64_t sent = 0;
    std::int64_t refused_rows = 0;  // suspects, held instead of sent
    std::int64_t bytes = 0;
    plan::KeyText last_key;
    ledger::BatchCounts counts;
    std::vector<ledger::HeldRow> held;
    std::vector<ledger::OpenRef> open_refs;
    // Of rows that were in the target before.
    std::vector<ledger::Version> current;
    std::vector<ledger::Version> passed_over;
    std::vector<ledger::Version> refused;
    std::vector<plan::KeyText> forgotten;  // held before, and not so any more
    std::vector<plan::KeyText> claimed;    // their target rows are pointed at by other keys
  };

  // A batch to be taken, by the careful road if its rows are known to need that.
  struct Waiting {
    ledger::Batch batch;
    bool careful = false;
  };

  // A row the server named when it refused a COPY.
  struct Suspect {
    std::int64_t ordinal = 0;  // among the rows of the part that no ref, map or rule holds, from 1
    pg::ErrorFields fields;
  };

  void take_road(ledger::Batch& batch, ledger::Difference& difference);
  bool find_adoptable(const ledger::Difference& difference);
  bool can_go_on(const pg::Error& error, const ledger::Batch& batch,
                 const ledger::Difference& difference);
  void ready_translator();
  void begin_part(const ledger::Batch& batch, const ledger::Difference& difference, Part& part);
  void begin_batch(const ledger::Batch& batch, const ledger::Difference& difference, Part& part);
  void finish_part(const ledger::Batch& batch, ledger::Difference& difference, Part& part);
  void return_to_snapshot();
  void reserve_ids(std::size_t wanted);
  std::size_t count_ids(const plan::KeySet& keys) const;
  // A row that cannot go: one that is in the target stays there as it is, and counts as kept.
  // `target_key`: of a row of the target that was not adopted.
  void hold(Part& part, std::span<const pg::Field> key, std::int64_t source_hash,
            ledger::HeldRow held, const std::vector<std::string>* target_key = nullptr);
  bool is_held_so(const std::string& key, std::int64_t source_hash, const ledger::HeldRow& held,
                  const std::vector<std::string>* target_key) const;
  // The ledger's row of this key makes place for another.
  void forget_held(Part& part, const std::string& key);

  // fast_road.cpp: moves until the stream ends. On an exception `batch` is the part that failed.
  std::unique_ptr<Stream> open_stream(const plan::KeySet& keys);
  void take_fast_road(ledger::Batch& batch, ledger::Difference& difference);
  std::string copy_name() const { return "copy " + entity_.name; }
  void send_part(Stream& stream, Part& part, pg::CopyIn& copy);
  void read_ahead();
  const Suspect* find_suspect(std::int64_t ordinal) const;
  void add_suspect(std::int64_t line, const pg::ErrorFields& fields);
  void keep_row(Part& part);
  void hold_row(Part& part, const ledger::Found* found = nullptr);
  void refuse_row(Part& part, const pg::ErrorFields& fields);
  void read_back_row_hashes();

  // adopting_road.cpp: the fast road where some rows are in the target. Those that cannot be told
  // to be equal on the way wait for the careful road.
  void take_adopting_road(ledger::Batch& batch, ledger::Difference& difference);
  struct Adopting;
  void read_adopting_part(Stream& stream, Part& part, Adopting& adopting);
  void adopt_or_send(std::span<const pg::Field> row, const ledger::Found* found, Part& part,
                     Adopting& adopting);
  void copy_rows(Part& part, const std::string& rows);
  std::vector<std::optional<ledger::Found>> look_up(RowGroup& group);
  void hold_duplicate(std::span<const pg::Field> row, const ledger::Found& found, Part& part);
  // The row of the target is this key's from now on. `pointed_at`: the ledger says otherwise.
  void begin_adoption(Part& part, const Crossing& crossing, bool pointed_at);
  void adopt(Part& part, const Crossing& crossing, std::int64_t row_hash,
             const std::vector<std::int32_t>& bases);
  void adopt_staged(const StagedRow& row, Part& part);
  void note_adoption(const Crossing& crossing);

  // careful_road.cpp: moves one part of at most batch_rows; what remains of the batch, if anything.
  std::vector<ledger::Batch> take_careful_road(const ledger::Batch& batch,
                                               ledger::Difference& difference);
  bool stage_part(Stream& stream, Part& part, StagedRows& staged);
  void stage_row(std::span<const pg::Field> row, const ledger::Found* found, Part& part,
                 StagedRows& staged);
  std::vector<plan::KeyText> settle_staged(const StagedRows& staged, Part& part);
  void settle_row(const StagedRow& row, plan::KeyText key, Part& part);
  void note_refusal(const StagedRow& row);

  // isolate.cpp: keys whose expressions fail at the source are left out, and held with the source's
  // words. False when it is no single row that fails.
  bool isolate_failing_keys(const plan::KeySet& keys);
  void find_failing_keys(const std::vector<plan::KeyText>& keys);
  void hold_failing_key(const plan::KeyText& key, const pg::ErrorFields& fields);
  void hold_apart(ledger::HeldRow held);
  void add_failing_rows(Part& part);

  // held.cpp: images of held rows, and why a parent is missing.
  void hold_explained(const ledger::Batch& batch, std::vector<ledger::HeldRow>& held);
  void add_images(const std::vector<ledger::HeldRow*>& held);
  void read_images(const std::vector<ledger::HeldRow*>& held);
  void explain_parents(std::vector<ledger::HeldRow>& held);

  Sessions sessions_;
  const MoverFacts& facts_;
  const plan::Entity& entity_;
  Translator translator_;
  ledger::RowBuffer ledger_rows_;
  ledger::AdoptionNotes adoptions_;
  ledger::PlacedRows placed_;       // of the keys at hand, those that are in the target
  ledger::HeldBefore held_before_;  // and those that are held, and asked again
  ledger::BatchPlace place_;
  struct FailingRow {
    std::vector<std::string> key_fields;
    std::int64_t source_hash = 0;
  };
  std::vector<Waiting> waiting_;               // what is left of the batch, the last one first
  bool careful_ = false;                       // the batch at hand was refused on the fast road
  bool adopting_ = false;                      // rows of it may be in the target already
  std::vector<plan::KeyText> tied_;            // keys sent by move_tied, in their order
  std::vector<plan::KeyText> failing_;         // keys left out of the derivation
  std::vector<ledger::HeldRow> failing_held_;  // why, until a part holds them
  std::vector<FailingRow> failing_rows_;       // and what the ledger keeps of them
  std::vector<Suspect> suspects_;              // of the part at hand, by ordinal
  std::optional<ledger::Batch> next_;          // to be read ahead, and then
  std::unique_ptr<Stream> ahead_;              // the stream of it
};

}  // namespace rehome::move
