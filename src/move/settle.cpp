#include "move/settle.h"

#include <fmt/format.h>

#include "ledger/open_ref.h"
#include "move/patience.h"
#include "pg/session.h"
#include "sql/identifier.h"
#include "work/failpoint.h"

namespace rehome::move {

namespace {

// One transaction, again as long as somebody's lock is in its way. False: stopped while waiting.
bool commit_patiently(pg::Connection& target, const std::string& search_path,
                      const std::function<bool()>& stopped, const std::function<void()>& write) {
  Patience patience(target, stopped);
  while (!stopped()) {
    try {
      pg::begin_target(target, search_path);
      write();
      target.commit();
      return true;
    } catch (const pg::CommitUnknown&) {
      throw;
    } catch (const pg::Error& error) {
      target.rollback();
      if (!patience.waits_for(error)) throw;
    }
  }
  return false;
}

struct OpenRefs {
  pg::Connection& target;
  const plan::Plan& plan;
  const ledger::RefPath path;
  int run_id;
  const std::function<bool()>& stopped;

  std::int64_t fill() const {
    try {
      return fill_at_once(std::nullopt);
    } catch (const pg::Error& error) {
      if (!refuses(error)) throw;
    }
    return fill_some(ledger::read_fillable(target, path));
  }

 private:
  static bool refuses(const pg::Error& error) {
    return pg::classify(error).action == pg::Action::refuse_row;
  }

  std::int64_t fill_at_once(const std::optional<std::vector<std::string>>& keys) const {
    std::int64_t filled = 0;
    const bool committed = commit_patiently(target, plan.target_search_path, stopped, [&] {
      filled = ledger::fill_open_refs(target, path, run_id, keys);
      work::failpoint("refs_before_commit");
    });
    return committed ? filled : 0;
  }

  // A ref that the target refuses stays open, and is found by halving.
  std::int64_t fill_some(const std::vector<std::string>& keys) const {
    try {
      return fill_at_once(keys);
    } catch (const pg::Error& error) {
      if (!refuses(error)) throw;
    }
    if (keys.size() <= 1) return 0;
    const auto middle = keys.begin() + static_cast<std::ptrdiff_t>(keys.size() / 2);
    return fill_some({keys.begin(), middle}) + fill_some({middle, keys.end()});
  }
};

}  // namespace

std::int64_t fill_open_refs(pg::Connection& target, const plan::Plan& plan, int run_id,
                            const std::function<bool()>& stopped) {
  std::int64_t filled = 0;
  for (const plan::Entity& entity : plan.entities) {
    for (const plan::Ref& ref : entity.refs) {
      for (const plan::RefTarget& each : ref.targets) {
        const ledger::RefPath path{entity, ref, each, *plan.find_entity(each.entity)};
        filled += OpenRefs{target, plan, path, run_id, stopped}.fill();
      }
    }
  }
  return filled;
}

namespace {

// The lock is asked for a moment at a time: the application's writers queue behind whoever waits
// for it.
void advance_sequence(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity,
                      const std::string& behind, const std::function<bool()>& stopped) {
  const auto split = behind.find('\n');
  const std::string column = sql::quote_identifier(behind.substr(0, split));
  const std::string sequence = behind.substr(split + 1);
  // A sequence that nobody has drawn from yet stands at its first value, which is still to come.
  const std::string statement = fmt::format(
      "LOCK TABLE {0} IN SHARE ROW EXCLUSIVE MODE;\n"
      "SELECT setval({1}::regclass, m.highest) FROM (SELECT max({2}) AS highest FROM {0}) AS m "
      "WHERE m.highest >= (SELECT last_value FROM {3})",
      entity.target_table.text(), sql::quote_literal(sequence), column, sequence);
  commit_patiently(target, plan.target_search_path, stopped, [&] {
    target.execute({"advance sequence", statement});
  });
}

}  // namespace

void advance_sequences(pg::Connection& target, const plan::Plan& plan,
                       const std::function<bool()>& stopped) {
  for (const plan::Entity& entity : plan.entities) {
    for (const std::string& each : entity.sequences)
      advance_sequence(target, plan, entity, each, stopped);
  }
}

}  // namespace rehome::move
