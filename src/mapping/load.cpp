#include "mapping/load.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "mapping/environment.h"
#include "mapping/load_parts.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

constexpr std::int64_t k_max_batch_rows = 10'000'000;

void read_version(const Node& node, Problems& problems) {
  if (node.is_scalar() && node.text == "1") return;
  problems.add("E1203", node, "`version` must be 1",
               "this program reads version 1 of the mapping language");
}

// Source and target may refer to the environment; afterwards their values are like any others.
Node expand_members(const Node& node, const Environment& environment, Problems& problems) {
  Node expanded = node;
  for (Member& member : expanded.members) {
    if (!member.value.is_scalar()) continue;
    const bool was_null = member.value.is_null();
    auto text = expand(member.value, environment, problems);
    member.value.text = text ? std::move(*text) : "?";  // reported; not to be called empty as well
    member.value.quoted = member.value.quoted || !was_null;
  }
  return expanded;
}

void read_ignore(const Node& node, Defaults& defaults, Problems& problems) {
  if (!check_members(node, ignore_shape(), problems)) return;
  if (const Node* target = node.find("target")) {
    defaults.ignored_target_columns = read_names(*target, "`target`", problems);
  }
  if (const Node* tables = node.find("source_tables")) {
    defaults.ignored_source_tables = read_names(*tables, "`source_tables`", problems);
  }
}

std::vector<std::string> read_entities(const Node& node, std::vector<Entity>& entities,
                                       Problems& problems) {
  std::vector<std::string> names;
  if (!node.is_map() || node.members.empty()) {
    problems.add("E1202", node, "`entities` must be a map with at least one entity",
                 "name: {from: …, to: …, key: …, columns: …}");
    return names;
  }
  for (const Member& member : node.members) {
    names.push_back(member.key.text);
    Entity entity = read_entity(member, problems);
    resolve_same_as(entity, problems);
    check_names(entity, problems);
    entities.push_back(std::move(entity));
  }
  return names;
}

void read_mapping(const Node& root, const Environment& environment, Mapping& mapping,
                  Problems& problems) {
  if (!check_members(root, mapping_shape(), problems)) return;
  if (const Node* version = root.find("version")) read_version(*version, problems);
  if (const Node* name = root.find("name")) {
    if (const auto text = read_text(*name, "`name`", problems)) mapping.name = text->value;
  }
  if (const Node* source = root.find("source")) {
    mapping.source = read_database(*source, source_shape(), environment, problems);
  }
  if (const Node* target = root.find("target")) {
    mapping.target = read_database(*target, target_shape(), environment, problems);
  }
  if (const Node* defaults = root.find("defaults"))
    mapping.defaults = read_defaults(*defaults, problems);
  if (const Node* pinned = root.find("uuid_namespace")) {
    mapping.uuid_namespace = read_text(*pinned, "`uuid_namespace`", problems);
  }
  if (const Node* entities = root.find("entities")) {
    const auto names = read_entities(*entities, mapping.entities, problems);
    check_refs(mapping.entities, names, problems);
    check_shares(mapping.entities, problems);
    check_changed_at(mapping, problems);
  }
}

// Editors on some systems put one in front of UTF-8.
std::string without_byte_order_mark(std::string text) {
  constexpr std::string_view k_mark = "\xef\xbb\xbf";
  if (text.rfind(k_mark, 0) == 0) text.erase(0, k_mark.size());
  return text;
}

}  // namespace

Database read_database(const Node& node, const Shape& shape, const Environment& environment,
                       Problems& problems) {
  Database database;
  database.schema = {"public", node.position};
  if (!check_members(node, shape, problems)) return database;
  const Node expanded = expand_members(node, environment, problems);
  if (const Node* url = expanded.find("url")) {
    if (auto text = read_text(*url, "`url`", problems)) database.url = std::move(*text);
  }
  if (const Node* schema = expanded.find("schema")) {
    if (auto name = read_name(*schema, "`schema`", problems)) database.schema = std::move(*name);
  }
  if (const Node* zone = expanded.find("naive_timestamps")) {
    database.naive_timestamps = read_text(*zone, "`naive_timestamps`", problems);
  }
  if (const Node* path = expanded.find("search_path")) {
    database.search_path = read_text(*path, "`search_path`", problems);
  }
  return database;
}

Defaults read_defaults(const Node& node, Problems& problems) {
  Defaults defaults;
  const Shape& shape = defaults_shape();
  if (!check_members(node, shape, problems)) return defaults;
  if (const Node* rows = node.find("batch_rows")) {
    const auto count = read_count(*rows, "`batch_rows`", k_max_batch_rows, problems);
    defaults.batch_rows = static_cast<int>(count.value_or(defaults.batch_rows));
  }
  if (const Node* bytes = node.find("batch_bytes")) {
    defaults.batch_bytes =
        read_size(*bytes, "`batch_bytes`", problems).value_or(defaults.batch_bytes);
  }
  const LeavingRows leaving = read_leaving_rows(node, problems);
  defaults.deletes = leaving.deletes.value_or(Deletes{});
  defaults.max_deletes_percent = leaving.max_deletes_percent.value_or(defaults.max_deletes_percent);
  defaults.lost = leaving.lost.value_or(defaults.lost);
  BothChanged both = read_both_changed(node, problems);
  defaults.conflicts = both.conflicts.value_or(defaults.conflicts);
  defaults.changed_at = std::move(both.changed_at);
  if (const Node* adopt = node.find("adopt")) {
    defaults.differs =
        read_adopt(*adopt, default_adopt_shape(), problems).differs.value_or(defaults.differs);
  }
  if (const Node* ignore = node.find("ignore")) read_ignore(*ignore, defaults, problems);
  return defaults;
}

base::Result<Mapping> load(const std::string& file, std::string text,
                           const Environment& environment) {
  Mapping mapping;
  mapping.source_text = base::SourceText(file, without_byte_order_mark(std::move(text)));
  Problems problems;
  const auto root = parse_yaml(file, mapping.source_text.text(), problems);
  if (root) read_mapping(*root, environment, mapping, problems);
  if (problems.any()) return tl::unexpected(problems.take());
  return mapping;
}

base::Result<Mapping> load_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  // Copying nothing counts as a failure; an empty file is no unreadable one.
  if (stream && stream.peek() != std::ifstream::traits_type::eof()) text << stream.rdbuf();
  if (!stream || stream.bad() || text.fail()) {
    base::Diagnostic diagnostic;
    diagnostic.code = "E1001";
    diagnostic.position.file = path;
    diagnostic.message = fmt::format("the mapping cannot be read: {}", std::strerror(errno));
    diagnostic.hint = "name the file with -f, or set REHOME_MAPPING";
    return tl::unexpected(base::Diagnostics{std::move(diagnostic)});
  }
  return load(path, text.str(), [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  });
}

}  // namespace rehome::mapping
