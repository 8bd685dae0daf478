#include "move/stream.h"

namespace rehome::move {

namespace {

// What is read ahead is bounded by bytes, so memory is too. While the target checks the rows of one
// batch, the source gets as far with the next as the target will need to take rows without waiting.
constexpr std::size_t k_ahead_bytes = 6 * 1024 * 1024;
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
      chunks_(k_ahead_bytes,
              [this, statement = plan::copy_out(plan::derive_statement(entity, keys, except))](
                  const auto& give) { read_all(statement.text(), give); }) {}

Stream::~Stream() {
  if (ended_) return;
  chunks_.stop();
  canceller_.cancel();
}

void Stream::read_all(const std::string& statement, const work::Producer<Chunk>::Give& give) {
  pg::CopyOut copy = source_.copy_out({name_, statement});
  Chunk chunk;
  while (const auto message = copy.read()) {
    if (!chunk.ends.empty() && chunk.bytes.size() + message->size() > k_chunk_bytes) {
      const std::size_t size = chunk.bytes.size();
      if (!give(std::exchange(chunk, {}), size)) return;
    }
    if (chunk.ends.empty()) chunk.bytes.reserve(k_chunk_bytes);
    chunk.bytes += *message;
    chunk.ends.push_back(chunk.bytes.size());
  }
  const std::size_t size = chunk.bytes.size();
  if (give(std::move(chunk), size)) snapshot_.release();
}

bool Stream::has_row() {
  while (row_.empty() && !ended_) {
    if (message_ == chunk_.ends.size()) {
      if (!next_chunk()) break;
      continue;
    }
    const std::size_t begin = message_ == 0 ? 0 : chunk_.ends[message_ - 1];
    const std::size_t end = chunk_.ends[message_++];
    row_ = reader_.read(std::string_view(chunk_.bytes).substr(begin, end - begin));
  }
  return !row_.empty();
}

bool Stream::next_chunk() {
  ended_ = true;  // also when the source fails
  auto next = chunks_.next();
  if (!next) return false;
  ended_ = false;
  chunk_ = std::move(*next);
  message_ = 0;
  return true;
}

}  // namespace rehome::move
