#include "detect/excluded.h"

#include <set>

#include "ledger/key.h"
#include "ledger/listing.h"
#include "ledger/rows.h"

namespace rehome::detect {

namespace {

std::set<plan::KeyText> read_existing(pg::Connection& source, const plan::Entity& entity,
                                      const std::vector<plan::KeyText>& keys) {
  plan::KeySet listed;
  listed.listed = true;
  listed.keys = keys;
  const auto rows = source.execute({"look up keys", plan::existing_keys_statement(entity, listed)});
  std::set<plan::KeyText> existing;
  for (int row = 0; row < rows.count(); ++row)
    existing.insert(ledger::read_key(rows, row, entity.key.size()));
  return existing;
}

}  // namespace

std::int64_t note_excluded(pg::Connection& source, pg::Connection& target, const plan::Plan& plan,
                           const plan::Entity& entity, int run_id) {
  if (entity.exclusions.empty() || entity.legacy_columns.empty()) return 0;
  std::int64_t noted = 0;
  const auto place = ledger::make_place(plan, entity);
  ledger::read_named_in_groups(
      target, place, ledger::RowKind::extra, [&](const std::vector<ledger::NamedRow>& rows) {
        std::vector<ledger::StandingRow> standing;
        std::vector<plan::KeyText> keys;
        for (const ledger::NamedRow& each : rows) {
          const plan::KeyText key = ledger::parse_key_json(entity, each.legacy_key);
          // What is no key of the source's type is none of its keys.
          if (!ledger::is_key(entity, key)) continue;
          keys.push_back(key);
          standing.push_back({key, ledger::parse_target_key_json(entity, each.target_key)});
        }
        const auto existing = read_existing(source, entity, keys);
        std::erase_if(standing,
                      [&](const auto& each) { return !existing.contains(each.legacy_key); });
        noted += ledger::add_gone(target, entity, run_id, standing);
      });
  return noted;
}

}  // namespace rehome::detect
