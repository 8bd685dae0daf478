#include <fmt/format.h>

#include <algorithm>

#include "mapping/load_parts.h"
#include "mapping/reader.h"
#include "sql/from_item.h"

namespace rehome::mapping {

namespace {

constexpr std::size_t k_max_entity_name = 50;  // leaves room for `ledger_` in a name of 63 bytes
constexpr std::int64_t k_max_batch_rows = 10'000'000;

void check_entity_name(const Node& key, Problems& problems) {
  const std::string& name = key.text;
  const auto is_fit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  const bool fits = !name.empty() && name.size() <= k_max_entity_name &&
                    !(name.front() >= '0' && name.front() <= '9') &&
                    std::all_of(name.begin(), name.end(), is_fit);
  if (fits) return;
  problems.add("E1203", key, fmt::format("`{}` cannot name an entity", name),
               fmt::format("use up to {} lower-case letters, digits and underscores: its ledger is "
                           "a table of that name",
                           k_max_entity_name));
}

void read_from(const Node& node, Entity& entity, Problems& problems) {
  const auto text = read_text(node, "`from`", problems);
  if (!text) return;
  auto item = sql::parse_from_item(text->value, text->position);
  if (!item) {
    for (base::Diagnostic& each : item.error()) problems.add(std::move(each));
    return;
  }
  if (!item->schema.empty()) {
    problems.add("E1303", node, "`from` names a table without its schema",
                 "the schema is written once, as `source.schema`");
    return;
  }
  entity.from = {item->table, text->position};
  entity.alias = {item->alias, text->position};
}

void read_key_map(const Node& node, Entity& entity, Problems& problems) {
  for (const Member& member : node.members) {
    KeyPart part;
    auto source = read_expression(member.key, "a part of `key`", problems);
    part.target_column = read_name(member.value, "the column that keeps the key", problems);
    if (!source) continue;
    part.source = std::move(*source);
    entity.key.push_back(std::move(part));
  }
}

void read_key(const Node& node, Entity& entity, Problems& problems) {
  const auto read_part = [&](const Node& part) {
    if (auto source = read_expression(part, "`key`", problems)) {
      entity.key.push_back({std::move(*source), std::nullopt});
    }
  };
  if (node.is_scalar()) {
    read_part(node);
  } else if (node.items.empty() && node.members.empty()) {
    problems.add("E1202", node, "`key` must have at least one part",
                 "such as {f.id: legacy_file_id}, or f.id");
  } else if (node.is_map()) {
    read_key_map(node, entity, problems);
  } else {
    for (const Node& part : node.items) read_part(part);
  }
}

std::vector<Predicate> read_predicates(const Node& node, std::string_view what,
                                       Problems& problems) {
  std::vector<Predicate> predicates;
  if (!node.is_map()) {
    problems.add("E1202", node, fmt::format("{} must be a map: name → predicate", what),
                 "such as {deleted: i.deleted}; the name is what reports count by");
    return predicates;
  }
  for (const Member& member : node.members) {
    if (member.key.text.empty() || member.key.is_null()) {
      problems.add("E1202", member.key, fmt::format("a predicate of {} needs a name", what));
    }
    auto when = read_expression(member.value, fmt::format("`{}`", member.key.text), problems);
    if (when) predicates.push_back({member.key.as_text(), std::move(*when)});
  }
  return predicates;
}

void read_columns(const Node& node, Entity& entity, Problems& problems) {
  if (!node.is_map()) {
    problems.add("E1202", node, "`columns` must be a map: target column → expression or construct");
    return;
  }
  for (const Member& member : node.members) entity.columns.push_back(read_column(member, problems));
}

}  // namespace

Entity read_entity(const Member& member, Problems& problems) {
  Entity entity;
  entity.name = member.key.as_text();
  check_entity_name(member.key, problems);
  const Node& node = member.value;
  const std::string what = fmt::format("entity `{}`", entity.name.value);
  if (!check_members(node, what, entity_shape().fields, problems)) return entity;

  if (const Node* from = node.find("from")) read_from(*from, entity, problems);
  if (const Node* each = node.find("each")) entity.each = read_each(*each, problems);
  if (const Node* join = node.find("join")) entity.joins = read_joins(*join, problems);
  if (const Node* to = node.find("to")) {
    if (auto name = read_name(*to, "`to`", problems)) entity.to = std::move(*name);
  }
  if (const Node* key = node.find("key")) read_key(*key, entity, problems);
  if (const Node* exclude = node.find("exclude"))
    entity.exclude = read_predicates(*exclude, "`exclude`", problems);
  if (const Node* refuse = node.find("refuse"))
    entity.refuse = read_predicates(*refuse, "`refuse`", problems);
  if (const Node* share = node.find("share")) read_share(*share, entity, problems);
  if (const Node* columns = node.find("columns")) read_columns(*columns, entity, problems);
  if (const Node* rows = node.find("batch_rows")) {
    const auto count = read_count(*rows, "`batch_rows`", k_max_batch_rows, problems);
    if (count) entity.batch_rows = static_cast<int>(*count);
  }
  if (const Node* adopt = node.find("adopt"))
    entity.adopt = read_adopt(*adopt, adopt_shape(), problems);
  if (const Node* detect = node.find("detect")) entity.detect = read_detect(*detect, problems);
  LeavingRows leaving = read_leaving_rows(node, problems);
  entity.deletes = std::move(leaving.deletes);
  entity.max_deletes_percent = leaving.max_deletes_percent;
  entity.lost = leaving.lost;
  BothChanged both = read_both_changed(node, problems);
  entity.conflicts = both.conflicts;
  entity.changed_at = std::move(both.changed_at);
  entity.canonical = write_canonical(node);
  return entity;
}

}  // namespace rehome::mapping
