#include "move/stream.h"

namespace rehome::move {

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
  }
  return keys;
}

namespace {

pg::CopyOut open(pg::Connection& source, const plan::Entity& entity, const plan::KeySet& keys,
                 const std::vector<plan::KeyText>& except, bool& guarded) {
  source.execute({"guard snapshot", "SAVEPOINT derive"});
  guarded = true;
  const sql::Fragment statement = plan::copy_out(plan::derive_statement(entity, keys, except));
  return source.copy_out({"derive " + entity.name, statement.text()});
}

}  // namespace

Mover::Stream::Stream(pg::Connection& source, const plan::Entity& entity, const plan::KeySet& keys,
                      const std::vector<plan::KeyText>& except, bool& guarded)
    : source_(source), guarded_(guarded), copy_(open(source, entity, keys, except, guarded)) {
  advance();
}

void Mover::Stream::advance() {
  has_row_ = false;
  while (const auto message = copy_.read()) {
    row_ = reader_.read(*message);
    if (row_.empty()) continue;
    has_row_ = true;
    return;
  }
  source_.execute({"release snapshot guard", "RELEASE SAVEPOINT derive"});
  guarded_ = false;
}

}  // namespace rehome::move
