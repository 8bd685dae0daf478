// A derived row of the source becomes a row of the target: legacy keys are replaced by target keys,
// ids are added, values in flight are checked, and the ledger's row is written beside it.
//
// Threading: a Translator belongs to one worker.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/uuid.h"
#include "ledger/leaving.h"
#include "ledger/open_ref.h"
#include "ledger/quarantine.h"
#include "ledger/rows.h"
#include "move/ref_map.h"
#include "pg/binary.h"
#include "plan/plan.h"

namespace rehome::move {

// Keys (packed) that lose a unique value to a row with a lower key, by index of
// Entity::unique_checks.
using Losers = std::vector<std::unordered_set<std::string>>;

// A row on its way: what the ledger will say of it, once it stands.
struct Crossing {
  std::string key;  // packed legacy key
  std::vector<std::string> key_fields;
  std::vector<std::string> target_key;
  std::int64_t source_hash = 0;
  std::optional<std::int64_t> row_hash;
  std::string changed_at;  // as a field with its length, where the newer side wins

  std::vector<pg::Field> key_views() const { return {key_fields.begin(), key_fields.end()}; }
  std::vector<pg::Field> target_views() const { return {target_key.begin(), target_key.end()}; }
};

class Translator {
 public:
  // `coming`: where refs of a knot find parents that are not there yet; may be null.
  Translator(const plan::Entity& entity, const Losers& losers, base::IdMaker ids,
             const Coming* coming = nullptr);

  // Before the first row: where refs find their parents.
  void look_up_in(const RefMaps& parents);

  // Translates one derived row. True: `body()` holds the target's fields (each with its length),
  // `crossing()` the ledger's facts, `open_refs()` the refs left open by it. False: `held()` says
  // why. `target_key`: the row is in the target, and keeps the key it has there.
  bool translate(std::span<const pg::Field> fields,
                 const std::vector<std::string>* target_key = nullptr);

  std::string_view body() const { return body_; }
  const Crossing& crossing() const { return crossing_; }
  ledger::HeldRow& held() { return held_; }
  const std::vector<ledger::OpenRef>& open_refs() const { return open_refs_; }

  // Ids of a sequence, reserved beforehand.
  std::deque<std::int64_t>& reserved_ids() { return reserved_ids_; }
  // What the sequence gave to rows that were in the target once: they get it again.
  ledger::FormerKeys& former_keys() { return former_keys_; }

 private:
  bool hold(std::string reason, std::string message, const base::Position& position);
  bool add_column(std::size_t index);
  bool make_value(std::size_t index, pg::Field& value);
  bool take_key(std::size_t index, std::string_view value);
  bool make_ref(const plan::Column& column, pg::Field& value);
  bool miss_parent(const plan::Column& column, std::size_t target);
  bool fly(const plan::Column& column, pg::Field& value);
  bool check_time(const plan::Column& column);
  std::int64_t id_time_ms() const;
  pg::Field make_id(const plan::Column& column);
  void append(const plan::Column& column, const pg::Field& value);
  void append_to_record(const plan::Column& column, const pg::Field& value);
  // The constraint whose value this row must leave to another; `column` is its last.
  const plan::UniqueCheck* find_lost(const plan::Column& column) const;
  plan::KeyText key_text() const;

  const plan::Entity& entity_;
  std::vector<std::vector<const RefMap*>> parents_;  // of each ref, by its targets
  const Coming* coming_;
  const Losers& losers_;
  base::IdMaker ids_;
  std::deque<std::int64_t> reserved_ids_;
  ledger::FormerKeys former_keys_;

  std::span<const pg::Field> fields_;
  const std::vector<std::string>* target_key_ = nullptr;
  std::string body_;
  std::string record_;  // what record_send would give for the stored row
  std::string scratch_;
  std::string id_scratch_;
  std::vector<bool> in_row_hash_;
  std::vector<std::optional<std::size_t>> target_key_part_;
  Crossing crossing_;
  ledger::HeldRow held_;
  std::vector<ledger::OpenRef> open_refs_;
};

}  // namespace rehome::move
