// `status --rows`: all rows of one kind, however many there are.
#include <fmt/core.h>

#include <algorithm>

#include "cli/options.h"
#include "cli/workplace.h"
#include "ledger/listing.h"
#include "ledger/schema.h"
#include "report/rows.h"

namespace rehome::cli {

namespace {

ledger::RowKind kind_of(const std::string& name) {
  return *std::find_if(ledger::k_row_kinds.begin(), ledger::k_row_kinds.end(),
                       [&](ledger::RowKind each) { return ledger::name_of(each) == name; });
}

std::vector<ledger::EntityPlace> read_places(pg::Connection& target,
                                             const mapping::Mapping& mapping) {
  std::vector<ledger::EntityPlace> places;
  if (!ledger::exists(target)) return places;
  for (const std::string& name : list_entities(mapping)) {
    if (auto place = ledger::read_place(target, name)) places.push_back(std::move(*place));
  }
  return places;
}

void print_text(pg::Connection& target, const std::vector<ledger::EntityPlace>& places,
                ledger::RowKind kind) {
  bool any = false;
  for (const ledger::EntityPlace& place : places) {
    ledger::read_named_in_groups(target, place, kind, [&](const auto& rows) {
      for (const ledger::NamedRow& each : rows)
        fmt::print("  {} {}\n", place.entity, report::write_named_row(each));
      any = any || !rows.empty();
    });
  }
  if (!any) fmt::print("no row is {}\n", ledger::name_of(kind));
}

void print_json(pg::Connection& target, const std::vector<ledger::EntityPlace>& places,
                ledger::RowKind kind) {
  fmt::print("{{\n  \"rows\": \"{}\",\n  \"entities\": [", ledger::name_of(kind));
  std::string_view before = "";
  for (const ledger::EntityPlace& place : places) {
    fmt::print("{}\n    {{\"name\": \"{}\", \"rows\": [", before, place.entity);
    before = ",";
    std::string_view comma = "";
    ledger::read_named_in_groups(target, place, kind, [&](const auto& rows) {
      for (const ledger::NamedRow& each : rows) {
        fmt::print("{}\n      {}", comma, report::write_named_row_json(each));
        comma = ",";
      }
    });
    fmt::print("{}]}}", comma.empty() ? "" : "\n    ");
  }
  fmt::print("{}]\n}}\n", places.empty() ? "" : "\n  ");
}

}  // namespace

run::ExitCode status_rows(const Options& options) {
  run::ExitCode exit_code = run::ExitCode::done;
  const auto place = open_target(options, exit_code);
  if (!place) return exit_code;
  const auto places = read_places(*place->target, place->mapping);
  const auto print = options.json ? print_json : print_text;
  print(*place->target, places, kind_of(options.rows));
  return run::ExitCode::done;
}

}  // namespace rehome::cli
