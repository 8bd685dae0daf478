#include "run/account.h"

#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <limits>
#include <numeric>

#include "base/amount.h"
#include "detect/excluded.h"
#include "ledger/account.h"
#include "ledger/batch.h"
#include "ledger/listing.h"
#include "pg/moment.h"
#include "plan/statements.h"
#include "work/crew.h"

namespace rehome::run {

namespace {

// Rows of a kind that the result names; `status --rows` lists all.
constexpr int k_named_rows_max = 100;

std::int64_t sum(const std::map<std::string, std::int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0},
                         [](std::int64_t total, const auto& each) { return total + each.second; });
}

void add_counts(ledger::EntityAccount& account, const ledger::BatchCounts& counts) {
  account.unchanged = counts.unchanged;
  account.inserted = counts.inserted;
  account.updated = counts.updated;
  account.adopted = counts.adopted;
  account.kept = counts.kept;
  account.held = counts.held;
  account.bytes = counts.bytes;
  account.excluded = counts.excluded;
  account.deleted = counts.deleted;
  account.marked = counts.marked;
}

void compare_counts(ledger::EntityAccount& account, const ledger::TargetCounts& target) {
  const auto expect = [&](std::int64_t found, std::int64_t expected, const char* what) {
    if (found == expected) return;
    account.problems.push_back(fmt::format("{}: {} {}, but {} accounted for", account.name,
                                           base::write_amount(found, "row", "rows"), what,
                                           base::group_digits(expected)));
  };
  const std::int64_t placed =
      account.unchanged + account.inserted + account.updated + account.adopted + account.kept;
  expect(account.source, placed + account.held + sum(account.excluded), "in the source");
  expect(target.here, placed, "here in the ledger");
  expect(target.held + target.keyless, account.held, "held in the ledger, or without a key");
  expect(target.quarantine, target.held + target.refused, "in quarantine");
  expect(target.target_rows,
         target.here - target.lost + target.gone_standing + target.marked + target.not_adopted +
             target.extra + target.own,
         "in the target");
  expect(target.delete_images, account.deleted, "kept in rehome.undo before they were deleted");
  expect(target.mark_images, account.marked, "kept in rehome.undo before they were marked");
}

ledger::EntityAccount read_entity(const BothSides& both, const plan::Plan& plan,
                                  const plan::Entity& entity, const ledger::BatchCounts& counts,
                                  int run_id, std::int64_t source_rows) {
  auto& [source, target] = both;
  ledger::EntityAccount account;
  account.name = entity.name;
  account.source = source_rows;
  if (!entity.each.empty()) {
    const auto rows = source.execute({"count driving rows", plan::each_count_statement(entity)});
    account.driving = rows.integer(0, 0);
    account.giving_none = rows.integer(0, 1);
  }
  add_counts(account, counts);
  // The target is live: between two statements the application may add a row.
  const pg::Moment moment(target);
  const ledger::TargetCounts found = ledger::read_target_counts(target, plan, entity, run_id);
  account.gone = found.gone_standing;
  account.extra = found.extra;
  account.lost = found.lost;
  account.open_refs = found.open_refs;
  account.target_rows = found.target_rows;
  account.own = found.own;
  account.not_adopted = found.not_adopted;
  for (const ledger::RowKind kind : ledger::k_row_kinds) {
    if (account.count(kind) == 0) continue;
    account.rows[kind] =
        ledger::read_named(target, ledger::make_place(plan, entity), kind, k_named_rows_max);
  }
  compare_counts(account, found);
  return account;
}

}  // namespace

ledger::Account read_account(const std::vector<BothSides>& sessions, const plan::Plan& plan,
                             int run_id, const std::map<std::string, std::int64_t>& source_rows) {
  ledger::Account account;
  account.run_id = run_id;
  account.entities.resize(plan.entities.size());
  auto counts = ledger::read_counts(sessions.front().target, run_id);
  for (const plan::Entity& each : plan.entities) counts[each.name];  // so that all are there
  std::atomic<std::size_t> next = 0;
  work::Crew crew;
  for (const BothSides& each : sessions) {
    crew.add([&, both = each](const std::stop_token& token) {
      while (!token.stop_requested()) {
        const std::size_t index = next++;
        if (index >= plan.entities.size()) return;
        const plan::Entity& entity = plan.entities[index];
        account.entities[index] = read_entity(both, plan, entity, counts.at(entity.name), run_id,
                                              source_rows.at(entity.name));
      }
    });
  }
  crew.join();
  account.peak_memory_bytes = read_peak_memory_bytes();
  return account;
}

bool note_excluded(const ledger::Account& account, const BothSides& both, const plan::Plan& plan,
                   int run_id) {
  std::int64_t noted = 0;
  for (const ledger::EntityAccount& each : account.entities) {
    if (each.extra == 0) continue;
    const plan::Entity& entity = *plan.find_entity(each.name);
    noted += detect::note_excluded(both.source, both.target, plan, entity, run_id);
  }
  return noted > 0;
}

std::int64_t read_peak_memory_bytes() {
  std::ifstream status("/proc/self/status");
  std::string name;
  while (status >> name) {
    if (name == "VmHWM:") {
      std::int64_t kilobytes = 0;
      status >> kilobytes;
      return kilobytes * 1024;
    }
    status.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

}  // namespace rehome::run
