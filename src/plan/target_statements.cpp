#include <fmt/format.h>

#include "plan/statements.h"

namespace rehome::plan {

namespace {

std::vector<std::string> quoted_columns(const Entity& entity) {
  std::vector<std::string> names;
  for (const Column& each : entity.columns) names.push_back(sql::quote_identifier(each.name));
  return names;
}

}  // namespace

std::string copy_in_statement(const Entity& entity) {
  return fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)", entity.target_table.text(),
                     sql::join(quoted_columns(entity), ", "));
}

std::string stage_statement(const Entity& entity) {
  std::string columns;
  for (const StagedColumn& each : entity.staged) {
    columns += fmt::format(",\n  {} {}", sql::quote_identifier(each.staged_name), each.staged_type);
  }
  if (entity.changed_at) {
    columns += fmt::format(",\n  {} {}", sql::quote_identifier(entity.changed_at->staged_name),
                           entity.changed_at->type_text);
  }
  // A rehearsal commits nothing that would drop it.
  return fmt::format(
      "{}CREATE TEMPORARY TABLE staged (\n  ordinal integer PRIMARY KEY,\n  refusal integer{}\n) "
      "ON "
      "COMMIT DROP",
      entity.is_rehearsed() ? "DROP TABLE IF EXISTS pg_temp.staged;\n" : "", columns);
}

std::string copy_staged_statement(const Entity& entity) {
  std::vector<std::string> names;
  for (const StagedColumn& each : entity.staged) {
    names.push_back(sql::quote_identifier(each.staged_name));
  }
  if (entity.changed_at) names.push_back(sql::quote_identifier(entity.changed_at->staged_name));
  return fmt::format("COPY pg_temp.staged (ordinal, {}) FROM STDIN (FORMAT binary)",
                     sql::join(names, ", "));
}

std::string insert_staged_statement(const Entity& entity) {
  std::vector<std::string> values;
  for (const StagedColumn& each : entity.staged) {
    values.push_back("s." + sql::quote_identifier(each.staged_name) + each.cast);
  }
  return fmt::format(
      "INSERT INTO {} ({})\nOVERRIDING SYSTEM VALUE\nSELECT {}\n"
      "FROM unnest($1::integer[]) AS w(ordinal) JOIN pg_temp.staged AS s ON s.ordinal = w.ordinal\n"
      "ORDER BY s.ordinal",
      entity.target_table.text(), sql::join(quoted_columns(entity), ", "), sql::join(values, ", "));
}

std::string probe_statement(const Entity& entity, std::size_t probe) {
  return fmt::format(
      "UPDATE pg_temp.staged AS s SET refusal = {} FROM unnest($1::integer[]) AS w(ordinal)\n"
      "WHERE s.ordinal = w.ordinal AND s.refusal IS NULL AND {}",
      probe, entity.probes[probe].condition);
}

std::string share_condition(const Entity& entity, std::string_view alias) {
  std::vector<std::string> terms;
  for (const Share& each : entity.share) {
    terms.push_back(sql::qualified_column(alias, each.column) + " = " +
                    sql::quote_literal(each.value));
  }
  return sql::join(terms, " AND ");
}

std::string row_hash_expression(const Entity& entity) {
  std::vector<std::string> values;
  for (const std::string& name : entity.row_hash_columns) {
    const Column& column = *entity.find_column(name);
    const std::string reference = sql::qualified_column("t", name);
    values.push_back(column.hash_type == 0 ? reference + "::text" : reference);
  }
  return hash_expression(values, 0, entity.target_version);
}

std::string row_hash_statement(const Entity& entity) {
  std::vector<std::string> keys;
  std::vector<std::string> arrays;
  std::vector<std::string> names;
  std::vector<std::string> same;
  for (std::size_t part = 0; part < entity.target_key.size(); ++part) {
    keys.push_back(sql::qualified_column("t", entity.target_key[part].name));
    arrays.push_back(fmt::format("${}::{}[]", part + 1, entity.target_key[part].type_text));
    names.push_back(fmt::format("k{}", part + 1));
    same.push_back(fmt::format("{} = k.{}", keys.back(), names.back()));
  }
  const std::string bases = keeps_bases(entity) ? ", " + bases_expression(entity) : "";
  return fmt::format("SELECT {}, {}{}\nFROM {} AS t JOIN unnest({}) AS k({}) ON {}",
                     sql::join(keys, ", "), row_hash_expression(entity), bases,
                     entity.target_table.text(), sql::join(arrays, ", "), sql::join(names, ", "),
                     sql::join(same, " AND "));
}

bool has_record_hash(int server_version) {
  constexpr int k_first_with_record_hash = 140000;
  return server_version == 0 || server_version >= k_first_with_record_hash;
}

std::string hash_expression(const std::vector<std::string>& values, std::uint64_t salt,
                            int server_version) {
  const std::string record = fmt::format("record_send(ROW({}))", sql::join(values, ", "));
  const auto seed = static_cast<std::int64_t>(salt);
  // The smallest bigint has no literal of its own: the minus sign would be applied to a number too
  // large.
  const std::string seed_text = sql::quote_literal(std::to_string(seed)) + "::bigint";
  if (!has_record_hash(server_version)) {
    return fmt::format("hashtextextended(encode({}, 'hex'), {})", record, seed_text);
  }
  return fmt::format("hash_record_extended(ROW({}), {})", record, seed_text);
}

}  // namespace rehome::plan
