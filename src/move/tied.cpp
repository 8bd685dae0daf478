// The part of one entity in a knot's transaction.
#include "base/ensure.h"
#include "ledger/key.h"
#include "move/mover.h"
#include "move/stream.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::move {

void Mover::move_tied(const ledger::Batch& batch, const TargetKeys& decided, CountedAs counted) {
  ready_translator();
  ledger::lock_batch(sessions_.target, batch);
  ledger::forget_unplaced(sessions_.target, entity_, batch.keys);
  Part part;
  tied_.clear();
  Stream stream(sessions_.source, entity_, batch.keys, {});
  {
    pg::CopyIn copy = sessions_.target.copy_in({copy_name(), plan::copy_in_statement(entity_)});
    std::string out;
    pg::RowWriter(out).header();
    for (; stream.has_row(); stream.advance()) {
      const auto key = ledger::pack_key(stream.row().first(entity_.key.size()));
      const bool goes = translator_.translate(stream.row(), &decided.at(key));
      base::ensure(goes, "a row of a knot that could go cannot");
      pg::RowWriter(out).row(static_cast<int>(entity_.columns.size()));
      copy.write(out);
      copy.write(translator_.body());
      out.clear();
      part.bytes += static_cast<std::int64_t>(translator_.body().size());
      tied_.push_back(ledger::key_text(entity_, stream.row()));
      keep_row(part);
    }
    pg::RowWriter(out).trailer();
    copy.write(out);
    if (copy.finish() != static_cast<std::int64_t>(tied_.size())) throw RowsDropped();
  }
  work::failpoint("knot_copied");
  read_back_row_hashes();
  ledger_rows_.copy_to(sessions_.target);
  ledger_rows_.clear();
  ledger::note_open_refs(sessions_.target, entity_, facts_.run_id, batch.id, part.open_refs);
  part.counts.source_rows = 0;
  (counted == CountedAs::held ? part.counts.held : part.counts.unchanged) = -part.counts.inserted;
  part.counts.bytes = part.bytes;
  ledger::finish_batch(sessions_.target, batch, part.counts);
}

std::optional<plan::KeyText> Mover::find_tied(const pg::Error& error) const {
  const auto line = error.copy_line();
  if (!line || error.statement() != copy_name() || *line > tied_.size()) return std::nullopt;
  return tied_[*line - 1];
}

void Mover::hold_tied(const ledger::Batch& batch, std::vector<ledger::HeldRow> rows) {
  for (ledger::HeldRow& each : rows) hold_apart(std::move(each));
  pg::begin_target(sessions_.target, facts_.plan.target_search_path);
  ledger::lock_batch(sessions_.target, batch);
  ledger::forget_unplaced(sessions_.target, entity_, batch.keys);
  Part part;
  add_failing_rows(part);
  ledger_rows_.copy_to(sessions_.target);
  ledger_rows_.clear();
  hold_explained(batch, part.held);
  ledger::finish_batch(sessions_.target, batch, {});
  sessions_.target.commit();
  failing_held_.clear();
  failing_rows_.clear();
}

}  // namespace rehome::move
