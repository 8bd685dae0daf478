#include "ledger/accounting.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

namespace rehome::ledger {

std::string_view name_of(RowKind kind) {
  switch (kind) {
    case RowKind::extra:
      return "extra";
    case RowKind::lost:
      return "lost";
    case RowKind::gone:
      return "gone";
    case RowKind::not_adopted:
      return "not_adopted";
  }
  return "";
}

std::int64_t EntityAccount::count(RowKind kind) const {
  switch (kind) {
    case RowKind::extra:
      return extra;
    case RowKind::lost:
      return lost;
    case RowKind::gone:
      return gone;
    case RowKind::not_adopted:
      return not_adopted;
  }
  return 0;
}

namespace {

nlohmann::ordered_json write_rows(const EntityAccount& entity) {
  auto json = nlohmann::ordered_json::object();
  for (const auto& [kind, rows] : entity.rows) {
    if (rows.empty()) continue;
    auto& list = json[std::string(name_of(kind))] = nlohmann::ordered_json::array();
    for (const NamedRow& each : rows) {
      list.push_back({{"legacy", nlohmann::ordered_json::parse(each.legacy_key)},
                      {"target", nlohmann::ordered_json::parse(each.target_key)}});
    }
  }
  return json;
}

void parse_rows(const nlohmann::json& json, EntityAccount& entity) {
  for (const RowKind kind : k_row_kinds) {
    const auto found = json.find(std::string(name_of(kind)));
    if (found == json.end()) continue;
    for (const auto& each : *found)
      entity.rows[kind].push_back({each.at("legacy").dump(), each.at("target").dump()});
  }
}

}  // namespace

std::int64_t Account::rows_written() const {
  return std::accumulate(
      entities.begin(), entities.end(), std::int64_t{0},
      [](std::int64_t sum, const EntityAccount& each) { return sum + each.rows_written(); });
}

std::int64_t Account::bytes() const {
  return std::accumulate(
      entities.begin(), entities.end(), std::int64_t{0},
      [](std::int64_t sum, const EntityAccount& each) { return sum + each.bytes; });
}

bool Account::closed() const {
  return std::all_of(entities.begin(), entities.end(),
                     [](const EntityAccount& each) { return each.problems.empty(); });
}

bool Account::is_open() const {
  return std::any_of(entities.begin(), entities.end(),
                     [](const EntityAccount& each) { return each.is_open(); });
}

std::string write_json(const Account& account) {
  nlohmann::ordered_json json;
  json["run"] = account.run_id;
  if (account.run_id == 0) json["run"] = nullptr;
  json["closed"] = account.closed();
  json["peak_memory_bytes"] = account.peak_memory_bytes;
  json["entities"] = nlohmann::ordered_json::array();
  for (const EntityAccount& each : account.entities) {
    nlohmann::ordered_json entity = {{"name", each.name},           {"source", each.source},
                                     {"unchanged", each.unchanged}, {"inserted", each.inserted},
                                     {"updated", each.updated},     {"adopted", each.adopted},
                                     {"kept", each.kept},           {"held", each.held}};
    if (each.driving) {
      entity["driving"] = *each.driving;
      entity["giving_none"] = each.giving_none;
    }
    entity["excluded"] = nlohmann::ordered_json::object();
    for (const auto& [name, count] : each.excluded) entity["excluded"][name] = count;
    entity["bytes"] = each.bytes;
    entity["gone"] = each.gone;
    entity["deleted"] = each.deleted;
    entity["marked"] = each.marked;
    if (each.braked > 0) entity["braked"] = each.braked;
    entity["extra"] = each.extra;
    entity["lost"] = each.lost;
    entity["open_refs"] = each.open_refs;
    entity["target"] = each.target_rows;
    entity["own"] = each.own;
    entity["not_adopted"] = each.not_adopted;
    if (auto rows = write_rows(each); !rows.empty()) entity["rows"] = std::move(rows);
    if (!each.problems.empty()) entity["problems"] = each.problems;
    json["entities"].push_back(std::move(entity));
  }
  return json.dump(2);
}

Account parse_account(std::string_view text) {
  const auto json = nlohmann::json::parse(text);
  Account account;
  account.run_id = json.at("run");
  account.peak_memory_bytes = json.at("peak_memory_bytes");
  for (const auto& each : json.at("entities")) {
    EntityAccount entity;
    entity.name = each.at("name");
    std::pair<const char*, std::int64_t*> const fields[] = {
        {"source", &entity.source},      {"unchanged", &entity.unchanged},
        {"inserted", &entity.inserted},  {"updated", &entity.updated},
        {"adopted", &entity.adopted},    {"kept", &entity.kept},
        {"held", &entity.held},          {"gone", &entity.gone},
        {"deleted", &entity.deleted},    {"marked", &entity.marked},
        {"braked", &entity.braked},      {"extra", &entity.extra},
        {"lost", &entity.lost},          {"open_refs", &entity.open_refs},
        {"target", &entity.target_rows}, {"own", &entity.own}};
    // An older run did not count everything.
    for (const auto& [name, field] : fields) *field = each.value(name, std::int64_t{0});
    entity.excluded = each.at("excluded").get<std::map<std::string, std::int64_t>>();
    entity.bytes = each.value("bytes", std::int64_t{0});
    entity.not_adopted = each.value("not_adopted", std::int64_t{0});
    if (each.contains("rows")) parse_rows(each.at("rows"), entity);
    if (each.contains("driving")) {
      entity.driving = each.at("driving").get<std::int64_t>();
      entity.giving_none = each.at("giving_none");
    }
    if (each.contains("problems"))
      entity.problems = each.at("problems").get<std::vector<std::string>>();
    account.entities.push_back(std::move(entity));
  }
  return account;
}

}  // namespace rehome::ledger
