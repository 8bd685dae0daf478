#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "plan/statements.h"
#include "plan/write.h"
#include "plan/write_words.h"

namespace rehome::plan {

namespace {

using Json = nlohmann::ordered_json;

std::string_view text_of(Wire wire) {
  return wire == Wire::bytes ? "bytes" : wire == Wire::text ? "text" : "jsonb";
}

std::string_view text_of(IdSource source) {
  return source == IdSource::derived    ? "derived"
         : source == IdSource::sequence ? "sequence"
                                        : "mapped";
}

std::string_view text_of(mapping::Losers losers) {
  return losers == mapping::Losers::hold ? "hold" : "leave_empty";
}

std::string_view text_of(Probe::Kind kind) {
  switch (kind) {
    case Probe::Kind::not_null:
      return "not_null";
    case Probe::Kind::length:
      return "length";
    case Probe::Kind::enumeration:
      return "enumeration";
    case Probe::Kind::check:
      return "check";
    case Probe::Kind::foreign_key:
      return "foreign_key";
    case Probe::Kind::unique:
      return "unique";
  }
  return "";
}

std::string_view text_of(mapping::UuidVersion version) {
  switch (version) {
    case mapping::UuidVersion::v4:
      return "v4";
    case mapping::UuidVersion::v5:
      return "v5";
    case mapping::UuidVersion::v7:
      return "v7";
    case mapping::UuidVersion::v8:
      return "v8";
  }
  return "";
}

Json write_type(Oid type) {
  const std::string_view name = catalog::find_builtin_name(type);
  return name.empty() ? Json(type) : Json(name);
}

template <typename Element, typename Write>
Json write_each(const std::vector<Element>& elements, Write&& write) {
  Json array = Json::array();
  for (const Element& each : elements) array.push_back(write(each));
  return array;
}

Json write_column(const Entity& entity, std::size_t index) {
  const Column& column = entity.columns[index];
  Json json{{"name", column.name}, {"type", column.target_type}};
  if (!column.source_type.empty()) json["from"] = column.source_type;
  json["wire"] = text_of(column.wire);
  json["wire_type"] = write_type(column.wire_type);
  if (entity.fields[index] != k_no_field) json["field"] = entity.fields[index];
  if (column.ref) json["ref"] = *column.ref;
  if (column.uuid) json["uuid"] = column.hashed_id ? "hashed" : text_of(*column.uuid);
  if (column.flight) json["in_flight"] = column.flight->text();
  if (column.audit) json["audit"] = true;
  if (!column.nullable) json["not_null"] = true;
  if (column.owner == mapping::Owner::target) json["owner"] = "target";
  if (column.unique_losers) json["losers"] = text_of(*column.unique_losers);
  if (!column.stable) json["stored_as_sent"] = false;
  json["hashed_as"] = column.hash_type == 0 ? Json("text") : write_type(column.hash_type);
  json["at"] = place_of(column.position);
  return json;
}

Json write_ref(const Ref& ref) {
  Json json{
      {"column", ref.column},
      {"to", write_each(ref.targets,
                        [](const RefTarget& each) {
                          Json target{{"entity", each.entity},
                                      {"first_field", each.first_field},
                                      {"fields", each.field_count}};
                          if (!each.is_key) target["column"] = each.column;
                          return target;
                        })},
      {"missing", ref.missing == mapping::Missing::quarantine ? "quarantine" : "leave_empty"}};
  if (ref.deferred) json["deferred"] = true;
  if (ref.knotted) json["knotted"] = true;
  json["at"] = place_of(ref.position);
  return json;
}

Json write_unique_check(const UniqueCheck& check) {
  Json json{{"constraint", check.constraint},
            {"columns", check.columns},
            {"losers", text_of(check.losers)}};
  if (check.nulls_not_distinct) json["nulls_not_distinct"] = true;
  json["at"] = place_of(check.position);
  return json;
}

Json write_probe(const Probe& probe) {
  return {{"kind", text_of(probe.kind)},
          {"constraint", probe.constraint},
          {"sqlstate", probe.sqlstate},
          {"columns", probe.columns}};
}

std::string_view text_of(mapping::Differs differs) {
  switch (differs) {
    case mapping::Differs::quarantine:
      return "quarantine";
    case mapping::Differs::source_wins:
      return "source_wins";
    case mapping::Differs::target_wins:
      return "target_wins";
    case mapping::Differs::newest:
      return "newest";
  }
  return "";
}

// Where the target keeps the legacy key, and how rows are taken that were there before.
void write_adoption(const Entity& entity, Json& json) {
  const auto write_names = [&](const std::vector<std::size_t>& columns) {
    return write_each(columns, [&](std::size_t each) { return Json(entity.columns[each].name); });
  };
  if (!entity.legacy_columns.empty()) json["legacy_columns"] = write_names(entity.legacy_columns);
  if (!entity.adopts()) return;
  json["adopt"] = {{"differs", text_of(entity.adoption.differs)}};
  if (!entity.adoption.by.empty()) json["adopt"]["by"] = write_names(entity.adoption.by);
}

// Keys of both sides and how ids come to be.
void write_keys(const Entity& entity, Json& json) {
  json["key"] = write_each(entity.key, [](const KeyColumn& each) {
    return Json{{"name", each.name}, {"type", each.type_text}};
  });
  json["target_key"] = write_each(entity.target_key, [](const TargetKeyColumn& each) {
    return Json{{"name", each.name}, {"type", each.type_text}};
  });
  json["id"] = text_of(entity.id_source);
  if (!entity.sequence.empty()) json["sequence"] = entity.sequence;
  write_adoption(entity, json);
  if (entity.changed_at) {
    json["changed_at"] = {{"field", entity.changed_at->field},
                          {"type", entity.changed_at->type_text},
                          {"source", entity.changed_at->source.text()},
                          {"column", entity.changed_at->column}};
  }
  if (entity.time_field) json["time_field"] = *entity.time_field;
  json["cut"] = {{"by", entity.ranged ? "ranges" : "buckets"},
                 {"rows", entity.batch_rows},
                 {"bytes", entity.batch_bytes}};
  if (!entity.sequential_because.empty())
    json["cut"]["one_at_a_time_because_of"] = entity.sequential_because;
}

void write_hashes(const Entity& entity, Json& json) {
  json["source_hash"] = {
      {"salt", fmt::format("{:016x}", entity.salt)},
      {"inputs", write_each(entity.inputs, [](const Input& each) { return Json(each.text); })}};
  json["row_hash"] = {{"is", entity.reads_back_row_hash ? "read back" : "computed"},
                      {"columns", entity.row_hash_columns}};
  if (keeps_bases(entity)) {
    json["bases"] = write_each(base_columns(entity),
                               [&](std::size_t each) { return Json(entity.columns[each].name); });
  }
}

Json write_settings(const std::vector<Setting>& settings) {
  return write_each(settings, [](const Setting& each) {
    return Json{{"column", each.column}, {"value", each.value}, {"at", place_of(each.position)}};
  });
}

Json write_referrer(const Referrer& referrer) {
  Json json{{"table", referrer.table.text()}, {"columns", referrer.columns}};
  if (!referrer.constraint.empty()) json["constraint"] = referrer.constraint;
  json["refers_to"] = referrer.referenced_columns;
  if (referrer.deletes_cascade) json["deletes_cascade"] = true;
  if (!referrer.entities.empty()) json["entities"] = referrer.entities;
  return json;
}

// What happens to rows that are gone or lost; nothing where they are only reported.
void write_removal(const Entity& entity, Json& json) {
  const Removal& removal = entity.removal;
  if (removal.policy == mapping::DeletePolicy::mark) {
    json["gone"] = {{"are", "marked"},
                    {"percent_max", removal.percent_max},
                    {"mark", write_settings(removal.mark)},
                    {"unmark", write_settings(removal.unmark)}};
  }
  if (removal.policy == mapping::DeletePolicy::remove) {
    json["gone"] = {{"are", "deleted"},
                    {"percent_max", removal.percent_max},
                    {"referrers", write_each(removal.referrers, write_referrer)},
                    {"together", removal.together}};
  }
  if (entity.lost == mapping::Lost::restore) json["lost"] = {{"are", "restored"}};
}

Json write_entity(const Entity& entity) {
  Json json{{"name", entity.name},
            {"at", place_of(entity.position)},
            {"source_table", entity.source_table.text()},
            {"target_table", entity.target_table.text()}};
  if (!entity.each.empty()) json["each"] = entity.each.text();
  if (entity.knot != 0) json["knot"] = entity.knot;
  if (!entity.share.empty()) json["share"] = share_condition(entity, "t");
  write_keys(entity, json);
  Json columns = Json::array();
  for (std::size_t index = 0; index < entity.columns.size(); ++index) {
    columns.push_back(write_column(entity, index));
  }
  json["columns"] = std::move(columns);
  json["refs"] = write_each(entity.refs, write_ref);
  json["excluded"] = write_each(entity.exclusions, [](const Exclusion& each) {
    return Json{{"name", each.name}, {"at", place_of(each.position)}};
  });
  json["holds"] = write_each(entity.holds, [](const Hold& each) {
    return Json{
        {"reason", each.reason}, {"message", each.message}, {"at", place_of(each.position)}};
  });
  json["unique_checks"] = write_each(entity.unique_checks, write_unique_check);
  json["probes"] = write_each(entity.probes, write_probe);
  json["unproven_joins"] =
      write_each(entity.unproven_joins, [](const UnprovenJoin& each) { return Json(each.alias); });
  if (entity.detection) json["detect"] = {{"updated_at", entity.detection->column}};
  write_removal(entity, json);
  write_hashes(entity, json);
  return json;
}

}  // namespace

std::string write_json(const Plan& plan) {
  const Json json{
      {"name", plan.name},
      {"fingerprint", plan.fingerprint},
      {"source", {{"schema", plan.source_schema}, {"version", plan.source_version}}},
      {"target",
       {{"schema", plan.target_schema},
        {"search_path", plan.target_search_path},
        {"version", plan.target_version}}},
      {"uuid_namespace", plan.uuid_namespace ? "pinned" : "drawn"},
      {"reads", write_each(plan.source_tables,
                           [](const sql::QualifiedName& each) { return Json(each.text()); })},
      {"entities", write_each(plan.entities, write_entity)}};
  constexpr int k_indent = 2;
  constexpr bool k_only_ascii = false;
  return json.dump(k_indent, ' ', k_only_ascii, Json::error_handler_t::replace) + "\n";
}

}  // namespace rehome::plan
