#include "move/settle.h"

#include <fmt/format.h>

#include "ledger/quarantine.h"
#include "pg/session.h"
#include "sql/identifier.h"
#include "work/failpoint.h"

namespace rehome::move {

std::int64_t fill_open_refs(pg::Connection& target, const plan::Plan& plan, int run_id) {
  std::int64_t filled = 0;
  for (const plan::Entity& entity : plan.entities) {
    for (const plan::Ref& ref : entity.refs) {
      for (const plan::RefTarget& each : ref.targets) {
        pg::begin_target(target, plan.target_search_path);
        filled += ledger::fill_open_refs(target, entity, ref, *plan.find_entity(each.entity), run_id);
        work::failpoint("refs_before_commit");
        target.commit();
      }
    }
  }
  return filled;
}

void advance_sequences(pg::Connection& target, const plan::Entity& entity) {
  for (const std::string& each : entity.sequences) {
    const auto split = each.find('\n');
    const std::string column = sql::quote_identifier(each.substr(0, split));
    const std::string sequence = each.substr(split + 1);
    target.execute({"begin sequence", "BEGIN"});
    target.execute({"advance sequence",
                    fmt::format("LOCK TABLE {0} IN SHARE ROW EXCLUSIVE MODE;\n"
                                "SELECT setval({1}::regclass, m.highest) FROM (SELECT max({2}) AS highest FROM {0}) AS m "
                                "WHERE m.highest > (SELECT last_value FROM {3})",
                                entity.target_table.text(), sql::quote_literal(sequence), column, sequence)});
    target.commit();
  }
}

}  // namespace rehome::move
