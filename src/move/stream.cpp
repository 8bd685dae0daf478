#include "move/stream.h"

namespace rehome::move {

namespace {

// What is read ahead is bounded by bytes, so memory is too.
constexpr std::size_t k_ahead_bytes = 2 * 1024 * 1024;
// Large enough that handing over does not matter.
constexpr std::size_t k_chunk_bytes = 64 * 1024;

}  // namespace

plan::KeySet listed(const std::vector<plan::KeyText>& keys) {
  plan::KeySet set;
  set.listed = true;
  set.keys = keys;
  return set;
}

plan::KeySet derived_keys(const ledger::Batch& batch, const ledger::Difference& difference) {
  plan::KeySet keys = batch.keys;
  if (!keys.listed && !difference.whole) {
    keys.listed = true;
    keys.keys = difference.fresh;
    keys.keys.insert(keys.keys.end(), difference.changed.begin(), difference.changed.end());
  }
  return keys;
}

Stream::Stream(pg::Connection& source, const plan::Entity& entity, const plan::KeySet& keys,
               const std::vector<plan::KeyText>& except)
    : source_(source),
      name_("derive " + entity.name),
      snapshot_(source, "derive"),
      canceller_(source.canceller()),
      produced_(k_ahead_bytes,
                [this, statement = plan::copy_out(plan::derive_statement(entity, keys, except))](
                    const auto& give) { read_all(statement.text(), give); }) {}

Stream::~Stream() {
  if (ended_) return;
  produced_.stop();
  canceller_.cancel();
}

void Stream::read_all(const std::string& statement, const work::Producer<Chunk>::Give& give) {
  pg::CopyOut copy = source_.copy_out({name_, statement});
  Chunk chunk;
  while (const auto message = copy.read()) {
    chunk.bytes += *message;
    chunk.ends.push_back(chunk.bytes.size());
    if (chunk.bytes.size() < k_chunk_bytes) continue;
    const std::size_t size = chunk.bytes.size();
    if (!give(std::exchange(chunk, {}), size)) return;
  }
  const std::size_t size = chunk.bytes.size();
  if (give(std::move(chunk), size)) snapshot_.release();
}

bool Stream::has_row() {
  while (row_.empty()) {
    if (chunk_ == chunks_.size() || message_ == chunks_[chunk_].ends.size()) {
      if (!next_chunk()) break;
      continue;
    }
    const Chunk& chunk = chunks_[chunk_];
    const std::size_t begin = message_ == 0 ? 0 : chunk.ends[message_ - 1];
    const std::size_t end = chunk.ends[message_++];
    row_ = reader_.read(std::string_view(chunk.bytes).substr(begin, end - begin));
  }
  return !row_.empty();
}

bool Stream::next_chunk() {
  if (chunk_ + 1 >= chunks_.size()) {
    if (ended_) return false;
    ended_ = true;  // also when the source fails
    auto next = produced_.next();
    if (!next) return false;
    ended_ = false;
    chunks_.push_back(std::move(*next));
  }
  if (chunk_ + 1 < chunks_.size()) ++chunk_;
  message_ = 0;
  return true;
}

void Stream::begin_part() {
  part_message_ = row_.empty() ? message_ : message_ - 1;
  part_has_header_ = part_has_header_ && chunk_ == 0 && part_message_ == 0;
  for (; chunk_ > 0; --chunk_) chunks_.pop_front();
}

void Stream::rewind() {
  chunk_ = 0;
  message_ = part_message_;
  row_ = {};
  reader_ = pg::RowReader(!part_has_header_);
}

}  // namespace rehome::move
