#include "move/losers.h"

#include "ledger/key.h"
#include "plan/statements.h"

namespace rehome::move {

Losers find_losers(pg::Connection& source, const plan::Entity& entity) {
  Losers losers;
  for (const plan::UniqueCheck& check : entity.unique_checks) {
    std::unordered_set<std::string> keys;
    pg::CopyOut copy = source.copy_out(
        {"find losers of " + check.constraint,
         "COPY (" + plan::losers_statement(entity, check) + ") TO STDOUT (FORMAT binary)"});
    pg::RowReader reader;
    while (const auto message = copy.read()) {
      const auto fields = reader.read(*message);
      if (!fields.empty()) keys.insert(ledger::pack_key(fields));
    }
    losers.push_back(std::move(keys));
  }
  return losers;
}

}  // namespace rehome::move
