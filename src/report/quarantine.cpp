#include "report/quarantine.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "report/printable.h"
#include "report/rows.h"
#include "report/table.h"

namespace rehome::report {

namespace {

using Json = nlohmann::ordered_json;

std::string cause(const ledger::HeldGroup& group) {
  std::string text = group.message;
  if (!group.sqlstate.empty()) text += fmt::format(" [{}]", group.sqlstate);
  return text;
}

}  // namespace

std::vector<ledger::HeldGroup> select_entities(const std::vector<ledger::HeldGroup>& groups,
                                               const std::vector<std::string>& entities) {
  std::vector<ledger::HeldGroup> selected;
  std::copy_if(groups.begin(), groups.end(), std::back_inserter(selected), [&](const auto& each) {
    return std::find(entities.begin(), entities.end(), each.entity) != entities.end();
  });
  return selected;
}

std::string write_held(const std::vector<ledger::HeldGroup>& groups,
                       const std::optional<std::string>& flags) {
  if (groups.empty()) return "no row is held\n";
  std::string text = "held\n";
  for (const ledger::HeldGroup& each : groups) {
    text += fmt::format("  {:>8}  {:<20} {}: {}\n", write_count(each.count),
                        write_printable(each.entity), write_printable(each.reason),
                        write_printable(cause(each)));
    const std::string key = write_short_key(each.first_key);
    const std::string example =
        flags ? fmt::format("rehome quarantine show{} {} {}", *flags, write_shell_word(each.entity),
                            quote_for_shell(key))
              : write_printable(key);
    text +=
        fmt::format("            {:<20} {}, e.g. {}\n", "", write_printable(each.place), example);
  }
  return text;
}

std::string write_held_json(const std::vector<ledger::HeldGroup>& groups) {
  Json list = Json::array();
  for (const ledger::HeldGroup& each : groups) {
    list.push_back({{"entity", each.entity},
                    {"count", each.count},
                    {"reason", each.reason},
                    {"message", each.message},
                    {"place", each.place},
                    {"sqlstate", each.sqlstate},
                    {"constraint", each.constraint},
                    {"parent_entity", each.parent_entity},
                    {"first_key", Json::parse(each.first_key)}});
  }
  return Json{{"held", list}}.dump(2) + "\n";
}

std::string write_held_row(const ledger::HeldDetail& row) {
  std::string text = fmt::format("{} {}\n  held     {}: {}\n", write_printable(row.entity),
                                 write_printable(row.key), write_printable(row.reason),
                                 write_printable(row.message));
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<8} {}\n", name, write_printable(value));
  };
  if (row.rows != 1) add("rows", write_count(row.rows));
  add("mapping", row.place);
  add("sqlstate", row.sqlstate);
  add("by", row.constraint);
  add("server", row.detail);
  if (!row.parent_entity.empty()) add("parent", row.parent_entity + " " + row.parent_key);
  add("since", fmt::format("run {}, {} UTC", row.run_id, row.held_at));
  if (row.image.empty()) return text;
  // Of a row that is gone, the target has the only one.
  text += row.reason.starts_with("gone:") ? "  row in the target\n" : "  row at the source\n";
  const Json image = Json::parse(row.image);
  for (const auto& [name, value] : image.items()) {
    text += fmt::format("    {:<24} {}\n", write_printable(name),
                        value.is_null() ? "NULL" : write_printable(value.get<std::string>()));
  }
  return text;
}

std::string write_held_row_json(const ledger::HeldDetail& row) {
  Json json = {
      {"entity", row.entity},         {"key", Json::parse(row.key)}, {"reason", row.reason},
      {"message", row.message},       {"place", row.place},          {"sqlstate", row.sqlstate},
      {"constraint", row.constraint}, {"detail", row.detail},        {"run", row.run_id},
      {"held_at", row.held_at}};
  if (row.rows != 1) json["rows"] = row.rows;
  if (!row.parent_entity.empty())
    json["parent"] = {{"entity", row.parent_entity}, {"key", Json::parse(row.parent_key)}};
  if (!row.image.empty()) json["image"] = Json::parse(row.image);
  return json.dump(2) + "\n";
}

}  // namespace rehome::report
