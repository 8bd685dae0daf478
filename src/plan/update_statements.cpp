// What the update road asks of the target: which staged rows differ from the stored ones, and in
// what.
#include <fmt/format.h>

#include <algorithm>

#include "plan/statements.h"

namespace rehome::plan {

namespace {

constexpr std::string_view k_wanted_rows =
    "unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal";

std::string staged_column(const StagedColumn& staged) {
  return sql::qualified_column("s", staged.staged_name);
}

const StagedColumn& find_staged(const Entity& entity, const std::string& column) {
  return *std::find_if(entity.staged.begin(), entity.staged.end(),
                       [&](const StagedColumn& each) { return each.name == column; });
}

std::string same_row(const Entity& entity) {
  std::vector<std::string> terms;
  for (const TargetKeyColumn& each : entity.target_key) {
    const StagedColumn& staged = find_staged(entity, each.name);
    terms.push_back(fmt::format("{} = {}{}", sql::qualified_column("t", each.name),
                                staged_column(staged), staged.cast));
  }
  return sql::join(terms, " AND ");
}

// A staged value as it would be stored.
std::string sent_value(const StagedColumn& staged) {
  return staged_column(staged) +
         (staged.stored_type == staged.staged_type ? "" : "::" + staged.stored_type);
}

// By bytes, so that 1.0 is not 1.00, and json can be compared at all.
std::string differs(const Column& column, const StagedColumn& staged) {
  const std::string stored = sql::qualified_column("t", column.name);
  const std::string sent = sent_value(staged);
  if (column.hash_type == 0) return fmt::format("{}::text IS DISTINCT FROM {}::text", stored, sent);
  std::string condition =
      fmt::format("record_send(ROW({})) IS DISTINCT FROM record_send(ROW({}))", stored, sent);
  // The cast cuts what an assignment refuses.
  const bool cuts = staged.staged_type == "varchar" || staged.staged_type == "bpchar";
  if (cuts && staged.stored_type != staged.staged_type)
    condition += fmt::format(" OR {}::text <> {}::text", staged_column(staged), sent);
  return condition;
}

std::string base_of(const Entity& entity, const Column& column, const std::string& value) {
  const std::string hashed = column.hash_type == 0 ? value + "::text" : value;
  return fmt::format("({} >> 32)::integer", hash_expression({hashed}, 0, entity.target_version));
}

std::string in_one_text(const std::vector<std::string>& numbers) {
  return fmt::format(",\n  array_to_string(ARRAY[{}]::integer[], ',')",
                     sql::join(numbers, ",\n    "));
}

// Whose version is newer, in a word.
std::string newer_side(const ChangedAt& changed) {
  const std::string source = sql::qualified_column("s", changed.staged_name);
  const std::string target = sql::qualified_column("t", changed.column);
  return fmt::format(
      "CASE WHEN {0} > {1} THEN 'source' WHEN {0} < {1} THEN 'target' WHEN {0} = {1} THEN 'same' "
      "WHEN {0} IS NULL THEN 'no source time' ELSE 'no target time' END",
      source, target);
}

std::string sent_bases(const Entity& entity) {
  std::vector<std::string> sent;
  for (const std::size_t each : base_columns(entity))
    sent.push_back(base_of(entity, entity.columns[each], sent_value(entity.staged[each])));
  return in_one_text(sent);
}

// The application may keep values of its own beside the audit.
std::string audit_value(const StagedColumn& staged, const std::string& name) {
  std::string sent = staged_column(staged) + staged.cast;
  if (staged.staged_type != "jsonb") return sent;
  return fmt::format(
      "CASE WHEN jsonb_typeof({0}) = 'object' AND jsonb_typeof({1}) = 'object' THEN {0} || {1} "
      "ELSE {1} END",
      sql::qualified_column("t", name), sent);
}

}  // namespace

bool is_updated(const Entity& entity, const Column& column) {
  const bool is_key =
      std::any_of(entity.target_key.begin(), entity.target_key.end(),
                  [&](const TargetKeyColumn& each) { return each.name == column.name; });
  return !is_key && !column.audit && !column.uuid && column.owner == mapping::Owner::source &&
         (column.ref || !column.value.empty());
}

std::vector<std::size_t> base_columns(const Entity& entity) {
  std::vector<std::size_t> columns;
  for (std::size_t index = 0; index < entity.columns.size(); ++index) {
    if (is_updated(entity, entity.columns[index])) columns.push_back(index);
  }
  return columns;
}

bool keeps_bases(const Entity& entity) {
  return entity.conflicts == mapping::Conflicts::merge && !base_columns(entity).empty();
}

std::vector<std::string> base_expressions(const Entity& entity) {
  std::vector<std::string> bases;
  for (const std::size_t each : base_columns(entity)) {
    const Column& column = entity.columns[each];
    bases.push_back(base_of(entity, column, sql::qualified_column("t", column.name)));
  }
  return bases;
}

std::string bases_expression(const Entity& entity) {
  return "ARRAY[" + sql::join(base_expressions(entity), ", ") + "]::integer[]";
}

std::string staged_with_stored(const Entity& entity) {
  return fmt::format("{} JOIN {} AS t ON {}", k_wanted_rows, entity.target_table.text(),
                     same_row(entity));
}

std::string lock_staged_statement(const Entity& entity) {
  std::vector<std::string> keys;
  for (const TargetKeyColumn& each : entity.target_key)
    keys.push_back(sql::qualified_column("t", each.name));
  return fmt::format("SELECT 1 FROM {}\nORDER BY {}{}", staged_with_stored(entity),
                     sql::join(keys, ", "),
                     entity.is_rehearsed() ? "" : "\nFOR NO KEY UPDATE OF t");
}

std::string compare_staged_statement(const Entity& entity) {
  std::vector<std::string> differing;
  for (std::size_t index = 0; index < entity.columns.size(); ++index) {
    if (!is_updated(entity, entity.columns[index])) continue;
    differing.push_back(fmt::format("\n  CASE WHEN {} THEN {} END",
                                    differs(entity.columns[index], entity.staged[index]), index));
  }
  std::string more;
  if (entity.changed_at) more += ",\n  " + newer_side(*entity.changed_at);
  if (keeps_bases(entity)) more += in_one_text(base_expressions(entity)) + sent_bases(entity);
  return fmt::format("SELECT s.ordinal, {}, array_to_string(ARRAY[{}]::integer[], ','){}\nFROM {}",
                     row_hash_expression(entity), sql::join(differing, ","), more,
                     staged_with_stored(entity));
}

std::string update_staged_statement(const Entity& entity, const std::vector<std::size_t>& columns,
                                    bool unmark) {
  std::vector<std::string> values;
  for (const std::size_t index : columns) {
    const StagedColumn& staged = entity.staged[index];
    values.push_back(fmt::format("{} = {}{}", sql::quote_identifier(staged.name),
                                 staged_column(staged), staged.cast));
  }
  for (std::size_t index = 0; index < entity.columns.size(); ++index) {
    const Column& column = entity.columns[index];
    if (!column.audit || column.owner == mapping::Owner::target) continue;
    values.push_back(fmt::format("{} = {}", sql::quote_identifier(column.name),
                                 audit_value(entity.staged[index], column.name)));
  }
  if (unmark) {
    for (const Setting& each : entity.removal.unmark)
      values.push_back(fmt::format("{} = {}", sql::quote_identifier(each.column), each.value));
  }
  return fmt::format("UPDATE {} AS t\nSET {}\nFROM {}\nWHERE {}", entity.target_table.text(),
                     sql::join(values, ",\n  "), k_wanted_rows, same_row(entity));
}

}  // namespace rehome::plan
