// The adopting road: the fast road where rows are in the target already. A row whose hash, computed
// on the way, is that of the target's row is adopted, and nothing is written there; one that the
// target does not have is sent; what is left waits for the careful road.
#include <algorithm>

#include "ledger/key.h"
#include "move/careful_road.h"
#include "move/mover.h"
#include "move/row_group.h"
#include "move/stream.h"
#include "work/failpoint.h"

namespace rehome::move {

// Of one part.
struct Mover::Adopting {
  std::string rows;                  // for the COPY, without header and trailer
  std::vector<plan::KeyText> aside;  // for the careful road
};

void Mover::take_adopting_road(ledger::Batch& batch, ledger::Difference& difference) {
  const std::unique_ptr<Stream> stream = open_stream(derived_keys(batch, difference));
  bool more = stream->has_row();  // awaited while no transaction is open
  do {
    Part part;
    Adopting adopting;
    begin_part(batch, difference, part);
    read_adopting_part(*stream, part, adopting);
    more = stream->has_row();
    // The rows aside are derived again, for which the source is wanted.
    if (!more && adopting.aside.empty()) read_ahead();
    copy_rows(part, adopting.rows);
    work::failpoint("batch_copied");
    read_back_row_hashes();
    std::optional<ledger::Batch> rest;
    if (more) rest = ledger::split_batch(sessions_.target, batch, part.last_key);
    if (!adopting.aside.empty()) {
      waiting_.push_back(
          {ledger::add_child(sessions_.target, batch, listed(adopting.aside)), true});
    }
    finish_part(batch, difference, part);
    if (rest) batch = *rest;
  } while (more && !facts_.stopped());
}

void Mover::read_adopting_part(Stream& stream, Part& part, Adopting& adopting) {
  const auto rows_max = static_cast<std::size_t>(entity_.batch_rows);
  RowGroup group;
  for (std::size_t rows = 0; rows < rows_max && part.bytes < entity_.batch_bytes;
       rows += group.size()) {
    if (!group.read(stream, rows_max - rows)) return;
    const auto found = look_up(group);
    reserve_ids(static_cast<std::size_t>(
        std::count_if(found.begin(), found.end(), [](const auto& each) { return !each; })));
    for (std::size_t index = 0; index < group.size(); ++index)
      adopt_or_send(group.row(index), found[index] ? &*found[index] : nullptr, part, adopting);
    part.last_key = ledger::key_text(entity_, group.row(group.size() - 1));
  }
}

void Mover::adopt_or_send(std::span<const pg::Field> row, const ledger::Found* found, Part& part,
                          Adopting& adopting) {
  if (found != nullptr && found->texts.size() > 1) return hold_duplicate(row, *found, part);
  if (!translator_.translate(row, found == nullptr ? nullptr : &found->target_key))
    return hold_row(part, found);
  const Crossing& crossing = translator_.crossing();
  if (found != nullptr && found->row_hash == crossing.row_hash) {
    begin_adoption(part, crossing, found->pointed_at);
    adopt(part, crossing, *crossing.row_hash, {});
    ++part.counts.source_rows;
    part.open_refs.insert(part.open_refs.end(), translator_.open_refs().begin(),
                          translator_.open_refs().end());
    facts_.breaker.note_success(1);
  } else if (found != nullptr) {
    adopting.aside.push_back(ledger::key_text(entity_, row));
  } else if (const Suspect* suspect = find_suspect(part.sent + part.refused_rows + 1)) {
    refuse_row(part, suspect->fields);
  } else {
    pg::RowWriter(adopting.rows).row(static_cast<int>(entity_.columns.size()));
    adopting.rows += translator_.body();
    part.bytes += static_cast<std::int64_t>(translator_.body().size());
    ++part.sent;
    keep_row(part);
  }
}

void Mover::copy_rows(Part& part, const std::string& rows) {
  if (part.sent == 0) return;
  std::string out;
  pg::CopyIn copy = sessions_.target.copy_in({copy_name(), plan::copy_in_statement(entity_)});
  pg::RowWriter(out).header();
  copy.write(out);
  copy.write(rows);
  out.clear();
  pg::RowWriter(out).trailer();
  copy.write(out);
  if (copy.finish() != part.sent) throw RowsDropped();
  sessions_.target.execute({"check constraints", "SET CONSTRAINTS ALL IMMEDIATE"});
}

// Rows of the target that carry the legacy keys of these. New ones get an id of their own.
std::vector<std::optional<ledger::Found>> Mover::look_up(RowGroup& group) {
  std::vector<std::optional<ledger::Found>> found(group.size());
  if (adopting_) {
    std::vector<plan::KeyText> keys;
    for (std::size_t index = 0; index < group.size(); ++index)
      keys.push_back(ledger::key_text(entity_, group.row(index)));
    found = ledger::read_found(sessions_.target, entity_, keys);
  }
  return found;
}

void Mover::hold_duplicate(std::span<const pg::Field> row, const ledger::Found& found, Part& part) {
  constexpr std::size_t k_named_max = 5;
  std::vector<std::string> named = found.texts;
  std::sort(named.begin(), named.end());  // the same words every time
  named.resize(std::min(named.size(), k_named_max));
  const std::size_t parts = entity_.key.size();
  ledger::HeldRow held;
  held.key = ledger::key_text(entity_, row);
  held.reason = "duplicate";
  held.message = "more than one row of the target carries this legacy key";
  held.detail = "rows of the target: " + sql::join(named, ", ");
  if (named.size() < found.texts.size()) held.detail += ", …";
  held.place = base::write_position(entity_.columns[entity_.legacy_columns.front()].position);
  hold(part, row.first(parts), pg::read_int64(*row[parts + plan::k_hash_offset]), std::move(held));
}

void Mover::begin_adoption(Part& part, const Crossing& crossing, bool pointed_at) {
  forget_held(part, crossing.key);
  if (pointed_at) part.claimed.push_back(ledger::key_text(entity_, crossing.key_views()));
}

// As the source has it, and nothing written.
void Mover::adopt(Part& part, const Crossing& crossing, std::int64_t row_hash,
                  const std::vector<std::int32_t>& bases) {
  ledger_rows_.add_adopted(crossing.key_views(), crossing.target_views(), crossing.source_hash,
                           row_hash, bases);
  note_adoption(crossing);
  ++part.counts.adopted;
}

void Mover::note_adoption(const Crossing& crossing) {
  const auto before = held_before_.find(crossing.key);
  adoptions_.add(place_, ledger::key_text(entity_, crossing.key_views()),
                 before == held_before_.end() ? "" : before->second.ledger_row);
}

}  // namespace rehome::move
