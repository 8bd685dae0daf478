// The fast road: derived rows go straight into the target's table by COPY, the ledger's after them.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/key.h"
#include "move/careful_road.h"
#include "move/mover.h"
#include "move/stream.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::move {

void Mover::take_fast_road(ledger::Batch& batch, ledger::Difference& difference) {
  const plan::KeySet keys = derived_keys(batch, difference);
  const std::unique_ptr<Stream> stream = open_stream(keys);
  bool more = stream->has_row();  // awaited while no transaction is open
  do {
    Part part;
    begin_part(batch, difference, part);
    reserve_ids(count_ids(keys));
    {
      pg::CopyIn copy = sessions_.target.copy_in({copy_name(), plan::copy_in_statement(entity_)});
      send_part(*stream, part, copy);
      if (!stream->has_row()) read_ahead();
      if (copy.finish() != part.sent) throw RowsDropped();
    }
    sessions_.target.execute({"check constraints", "SET CONSTRAINTS ALL IMMEDIATE"});
    work::failpoint("batch_copied");
    read_back_row_hashes();
    std::optional<ledger::Batch> rest;
    more = stream->has_row();
    if (more) rest = ledger::split_batch(sessions_.target, batch, part.last_key);
    finish_part(batch, difference, part);
    if (rest) batch = *rest;
    // When stopped, what remains is leased to us, and taken over by the next run.
  } while (more && !facts_.stopped());
}

std::unique_ptr<Stream> Mover::open_stream(const plan::KeySet& keys) {
  if (ahead_) return std::move(ahead_);
  return std::make_unique<Stream>(sessions_.source, entity_, keys, failing_);
}

// The source has nothing more to do for this batch, and the target has yet to check its rows, take
// the ledger's and commit.
void Mover::read_ahead() {
  if (!next_ || next_->keys.without_key || !waiting_.empty()) return;
  ahead_ = std::make_unique<Stream>(sessions_.source, entity_, next_->keys, failing_);
}

const Mover::Suspect* Mover::find_suspect(std::int64_t ordinal) const {
  const auto found = std::find_if(suspects_.begin(), suspects_.end(),
                                  [&](const Suspect& each) { return each.ordinal == ordinal; });
  return found == suspects_.end() ? nullptr : &*found;
}

// `line` counts the rows that were sent, without the suspects before it.
void Mover::add_suspect(std::int64_t line, const pg::ErrorFields& fields) {
  auto place = suspects_.begin();
  for (; place != suspects_.end() && place->ordinal <= line; ++place) ++line;
  suspects_.insert(place, {line, fields});
}

// Sends rows until the stream ends or the part is full. What is sent is bounded by bytes, so memory
// is too.
void Mover::send_part(Stream& stream, Part& part, pg::CopyIn& copy) {
  std::string out;
  const auto columns = static_cast<int>(entity_.columns.size());
  std::int64_t rows = 0;
  while (stream.has_row() && rows < entity_.batch_rows && part.bytes < entity_.batch_bytes) {
    ++rows;
    if (work::failpoint("drop_row")) {
      stream.advance();
      continue;
    }
    if (!translator_.translate(stream.row())) {
      hold_row(part);
    } else if (const Suspect* suspect = find_suspect(part.sent + part.refused_rows + 1)) {
      refuse_row(part, suspect->fields);
    } else {
      out.clear();
      if (part.sent == 0) pg::RowWriter(out).header();
      pg::RowWriter(out).row(columns);
      copy.write(out);
      copy.write(translator_.body());
      part.bytes += static_cast<std::int64_t>(translator_.body().size());
      ++part.sent;
      keep_row(part);
    }
    if (rows == entity_.batch_rows || part.bytes >= entity_.batch_bytes)
      part.last_key = ledger::key_text(entity_, stream.row());
    stream.advance();
  }
  out.clear();
  if (part.sent == 0) pg::RowWriter(out).header();
  pg::RowWriter(out).trailer();
  copy.write(out);
}

void Mover::keep_row(Part& part) {
  const Crossing& crossing = translator_.crossing();
  forget_held(part, crossing.key);
  ledger_rows_.add_here(crossing.key_views(), crossing.target_views(), crossing.source_hash,
                        crossing.row_hash);
  part.open_refs.insert(part.open_refs.end(), translator_.open_refs().begin(),
                        translator_.open_refs().end());
  ++part.counts.source_rows;
  ++part.counts.inserted;
}

void Mover::hold_row(Part& part, const ledger::Found* found) {
  const Crossing& crossing = translator_.crossing();
  hold(part, crossing.key_views(), crossing.source_hash, std::move(translator_.held()),
       found == nullptr ? nullptr : &found->target_key);
}

void Mover::refuse_row(Part& part, const pg::ErrorFields& fields) {
  const Crossing& crossing = translator_.crossing();
  const std::vector<pg::Field> key = crossing.key_views();
  hold(part, key, crossing.source_hash,
       held_by_server(entity_, fields, ledger::key_text(entity_, key)));
  ++part.refused_rows;
}

// Where the target may store other bytes than it was sent, it is asked for the hash of what it
// stored.
void Mover::read_back_row_hashes() {
  if (ledger_rows_.unhashed().empty()) return;
  const std::size_t key_parts = entity_.target_key.size();
  std::vector<std::vector<pg::Field>> columns(key_parts);
  for (const auto& [packed, place] : ledger_rows_.unhashed()) {
    const auto fields = ledger::split_key(packed, key_parts);
    for (std::size_t part = 0; part < key_parts; ++part) columns[part].emplace_back(fields[part]);
  }
  std::vector<std::string> arrays(key_parts);
  std::vector<pg::Parameter> parameters;
  for (std::size_t part = 0; part < key_parts; ++part) {
    pg::append_array(arrays[part], entity_.target_key[part].type, columns[part]);
    parameters.push_back(pg::Parameter::bytes(arrays[part]));
  }
  const std::string statement = plan::row_hash_statement(entity_);
  const auto rows = sessions_.target.query({"read back row hashes", statement}, parameters, true);
  const int parts = static_cast<int>(key_parts);
  for (int row = 0; row < rows.count(); ++row) {
    std::vector<pg::Field> fields;
    for (int part = 0; part < parts; ++part) fields.emplace_back(rows.text(row, part));
    const std::string_view bases =
        rows.columns() > parts + 1 ? rows.text(row, parts + 1) : std::string_view();
    ledger_rows_.set_row_hash(ledger::pack_key(fields), pg::read_int64(rows.text(row, parts)),
                              bases);
  }
}

}  // namespace rehome::move
