#include "report/account_table.h"

#include <fmt/format.h>

#include "base/amount.h"
#include "report/quarantine.h"
#include "report/table.h"

namespace rehome::report {

namespace {

std::int64_t excluded_total(const ledger::EntityAccount& entity) {
  std::int64_t total = 0;
  for (const auto& [name, count] : entity.excluded) total += count;
  return total;
}

TableRow sum_row(const ledger::EntityAccount& each) {
  return {each.name,
          write_count(each.source),
          write_count(each.unchanged),
          write_count(each.inserted),
          write_count(each.updated),
          write_count(each.kept),
          write_count(each.held),
          write_count(excluded_total(each)),
          each.problems.empty() ? "closes" : "DOES NOT CLOSE"};
}

std::string write_exclusions(const ledger::Account& account) {
  std::string text;
  for (const ledger::EntityAccount& each : account.entities) {
    for (const auto& [name, count] : each.excluded)
      text += fmt::format("  {} excluded {} by {}\n", each.name, write_count(count), name);
  }
  return text;
}

std::string write_open(const ledger::EntityAccount& entity) {
  std::string text;
  const auto add = [&](std::int64_t count, const char* one, const char* many) {
    if (count > 0)
      text += fmt::format("  {}: {}\n", entity.name, base::write_amount(count, one, many));
  };
  add(entity.open_refs, "ref left open until its parent arrives",
      "refs left open until their parent arrives");
  add(entity.kept,
      "row changed at the source, or its mapping was edited, and left as the target has it",
      "rows changed at the source, or their mapping was edited, and left as the target has them");
  add(entity.gone, "row no longer in the source, or excluded now; its target row stands",
      "rows no longer in the source, or excluded now; their target rows stand");
  add(entity.lost, "row moved before and deleted in the target since",
      "rows moved before and deleted in the target since");
  add(entity.extra, "row in the target with a legacy key that the ledger does not know",
      "rows in the target with a legacy key that the ledger does not know");
  return text;
}

}  // namespace

std::string write_account(const ledger::Account& account,
                          const std::vector<ledger::HeldGroup>& held, const std::string& flags) {
  std::vector<TableRow> rows = {{"entity", "source", "unchanged", "inserted", "updated", "kept",
                                 "held", "excluded", "source = sum of the rest"}};
  std::string open;
  std::string problems;
  for (const ledger::EntityAccount& each : account.entities) {
    rows.push_back(sum_row(each));
    open += write_open(each);
    for (const std::string& problem : each.problems) problems += "  " + problem + "\n";
  }
  std::string text = fmt::format("run {}\n", account.run_id) + write_table(rows);
  text += write_exclusions(account);
  if (!held.empty()) text += "\n" + write_held(held, flags);
  if (!open.empty()) text += "\nopen\n" + open;
  if (!problems.empty()) return text + "\nthe accounting does not close\n" + problems;
  return text;
}

}  // namespace rehome::report
