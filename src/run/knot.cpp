// Which rows of a knot are not here.
#include "move/knot.h"

#include <algorithm>

#include "detect/compare.h"
#include "ledger/found.h"
#include "ledger/key.h"
#include "ledger/quarantine.h"
#include "run/worker.h"

namespace rehome::run {

MovedKnot Worker::move_knot(const KnotOrder& order) {
  return move_knot(order, move::CountedAs::unchanged,
                   [this](const plan::Entity& entity) { return read_absent(entity); });
}

MovedKnot Worker::move_waiting(const KnotOrder& order) {
  return move_knot(order, move::CountedAs::held, [this](const plan::Entity& entity) {
    return ledger::read_waiting(*target_, entity);
  });
}

MovedKnot Worker::move_knot(const KnotOrder& order, move::CountedAs counted,
                            const ReadKeys& read_keys) {
  MovedKnot moved;
  std::vector<std::unique_ptr<move::Breaker>> breakers;
  std::vector<move::KnotMember> members;
  bool any = false;
  for (const plan::Entity& each : order.entities) {
    const bool opens = counted != move::CountedAs::held;
    breakers.push_back(std::make_unique<move::Breaker>(each.name, opens));
    std::vector<plan::KeyText> keys = read_keys(each);
    moved.left = leave_found(order.adoptions.of(each), each, keys) || moved.left;
    any = any || !keys.empty();
    members.push_back({each, order.losers.of(each), *breakers.back(), std::move(keys)});
  }
  if (!any) return moved;
  for (const move::KnotMember& each : members) each.losers.find(*lookup_);
  const move::KnotFacts facts{order.plan, order.name_space, run_id_,
                              worker_id_, counted,          order.stopped};
  moved.rows = move::Knot({*source_, *lookup_, *target_}, facts, std::move(members)).move();
  return moved;
}

// Rows that were in the target before are adopted by their own batches. True if there are any.
bool Worker::leave_found(move::Adoption& adoption, const plan::Entity& entity,
                         std::vector<plan::KeyText>& keys) {
  if (keys.empty() || !adoption.gather(*target_, *lookup_)) return false;
  const auto found = ledger::read_found(*target_, entity, keys);
  std::vector<plan::KeyText> absent;
  for (std::size_t index = 0; index < keys.size(); ++index) {
    if (!found[index]) absent.push_back(std::move(keys[index]));
  }
  keys.swap(absent);
  return keys.size() < absent.size();
}

// New ones, those that have changed while they were held, and those that wait for a parent.
std::vector<plan::KeyText> Worker::read_absent(const plan::Entity& entity) {
  ledger::Difference difference = detect::compare(*source_, *target_, entity, {});
  std::vector<plan::KeyText> keys = std::move(difference.fresh);
  if (difference.whole) {
    const auto rows = source_->execute({"list keys", plan::keys_statement(entity, {})});
    for (int row = 0; row < rows.count(); ++row)
      keys.push_back(ledger::read_key(rows, row, entity.key.size()));
  }
  const std::vector<plan::KeyText> waiting = ledger::read_waiting(*target_, entity);
  keys.insert(keys.end(), waiting.begin(), waiting.end());
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace rehome::run
