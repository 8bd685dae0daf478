#include "report/account_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/amount.h"
#include "report/quarantine.h"
#include "report/rows.h"
#include "report/table.h"

namespace rehome::report {

namespace {

std::int64_t excluded_total(const ledger::EntityAccount& entity) {
  std::int64_t total = 0;
  for (const auto& [name, count] : entity.excluded) total += count;
  return total;
}

// What is adopted is adopted once: later runs need no column for it.
TableRow heading(bool adopted) {
  TableRow row = {"entity", "source", "unchanged", "inserted", "updated"};
  if (adopted) row.emplace_back("adopted");
  for (const char* each : {"kept", "held", "excluded", "source = sum of the rest"})
    row.emplace_back(each);
  return row;
}

TableRow sum_row(const ledger::EntityAccount& each, bool adopted) {
  TableRow row = {each.name, write_count(each.source), write_count(each.unchanged),
                  write_count(each.inserted), write_count(each.updated)};
  if (adopted) row.push_back(write_count(each.adopted));
  for (const std::int64_t count : {each.kept, each.held, excluded_total(each)})
    row.push_back(write_count(count));
  row.emplace_back(each.problems.empty() ? "closes" : "DOES NOT CLOSE");
  return row;
}

// What the sum says of `each` is no count of driving rows, so these are told beside it.
std::string write_driving(const ledger::Account& account) {
  std::string text;
  for (const ledger::EntityAccount& each : account.entities) {
    if (!each.driving) continue;
    text += fmt::format("  {}: {} of {}, {} of which give none\n", each.name,
                        base::write_amount(each.source, "row", "rows"),
                        base::write_amount(*each.driving, "driving row", "driving rows"),
                        base::group_digits(each.giving_none));
  }
  return text;
}

std::string write_exclusions(const ledger::Account& account) {
  std::string text;
  for (const ledger::EntityAccount& each : account.entities) {
    for (const auto& [name, count] : each.excluded)
      text += fmt::format("  {} excluded {} by {}\n", each.name, write_count(count), name);
  }
  return text;
}

std::string write_removed(const ledger::Account& account) {
  std::string text;
  const auto add = [&](const std::string& name, const char* what, std::int64_t count) {
    if (count > 0)
      text += fmt::format("  {} {} {}, gone from the source\n", name, what,
                          base::write_amount(count, "row", "rows"));
  };
  for (const ledger::EntityAccount& each : account.entities) {
    add(each.name, "deleted", each.deleted);
    add(each.name, "marked", each.marked);
  }
  return text;
}

std::string write_brake(const ledger::EntityAccount& entity, const std::string& flags) {
  if (entity.braked == 0) return "";
  return fmt::format(
      "  {0}: {1} gone, more than max_deletes allows: none was deleted or marked.\n    If that is "
      "right: rehome sync{2} --max-deletes {3}\n",
      entity.name, base::write_amount(entity.braked, "row is", "rows are"), flags, entity.braked);
}

struct Sentence {
  const char* one;
  const char* many;
};

Sentence sentence_of(ledger::RowKind kind) {
  switch (kind) {
    case ledger::RowKind::gone:
      return {"row no longer in the source, or excluded now; its target row stands",
              "rows no longer in the source, or excluded now; their target rows stand"};
    case ledger::RowKind::lost:
      return {"row moved before and deleted in the target since",
              "rows moved before and deleted in the target since"};
    case ledger::RowKind::extra:
      return {"row in the target with a legacy key that neither source nor ledger knows",
              "rows in the target with a legacy key that neither source nor ledger knows"};
    case ledger::RowKind::not_adopted:
      return {"row that was in the target before is not adopted",
              "rows that were in the target before are not adopted"};
  }
  return {"", ""};
}

std::string write_named(const ledger::EntityAccount& entity, ledger::RowKind kind,
                        const std::string& flags) {
  constexpr std::size_t k_named_max = 5;
  const auto found = entity.rows.find(kind);
  if (found == entity.rows.end()) return "";
  std::string text;
  for (std::size_t row = 0; row < std::min(found->second.size(), k_named_max); ++row)
    text += fmt::format("    {}\n", write_named_row(found->second[row]));
  if (static_cast<std::size_t>(entity.count(kind)) > k_named_max) {
    text += fmt::format("    …  all of them: rehome status{} --rows {}\n", flags,
                        ledger::name_of(kind));
  }
  return text;
}

std::string write_open(const ledger::EntityAccount& entity, const std::string& flags) {
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
  for (const ledger::RowKind kind : ledger::k_row_kinds) {
    const Sentence sentence = sentence_of(kind);
    add(entity.count(kind), sentence.one, sentence.many);
    text += write_named(entity, kind, flags);
  }
  return text;
}

}  // namespace

std::string write_account(const ledger::Account& account,
                          const std::vector<ledger::HeldGroup>& held, const std::string& flags) {
  const bool adopted = std::any_of(account.entities.begin(), account.entities.end(),
                                   [](const auto& each) { return each.adopted > 0; });
  std::vector<TableRow> rows = {heading(adopted)};
  std::string open;
  std::string problems;
  for (const ledger::EntityAccount& each : account.entities) {
    rows.push_back(sum_row(each, adopted));
    open += write_open(each, flags) + write_brake(each, flags);
    for (const std::string& problem : each.problems) problems += "  " + problem + "\n";
  }
  const bool rehearsed = account.run_id == 0;
  std::string text = rehearsed ? "what a run would do now; nothing was written\n"
                               : fmt::format("run {}\n", account.run_id);
  text += write_table(rows);
  text += write_driving(account) + write_exclusions(account) + write_removed(account);
  if (!held.empty())
    text += "\n" + write_held(held, rehearsed ? std::nullopt : std::optional(flags));
  if (!open.empty()) text += "\nopen\n" + open;
  if (!problems.empty()) return text + "\nthe accounting does not close\n" + problems;
  return text;
}

}  // namespace rehome::report
