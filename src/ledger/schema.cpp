#include "ledger/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/ensure.h"
#include "base/hash.h"
#include "ledger/bases.h"
#include "ledger/quarantine.h"
#include "ledger/sql.h"
#include "plan/statements.h"
#include "sql/identifier.h"

namespace rehome::ledger {

namespace {

constexpr int k_schema_version = 6;
constexpr std::size_t k_identifier_max =
    63;  // bytes; PostgreSQL cuts longer names with a mere notice

std::string create_statement(const plan::Entity& entity) {
  std::string columns;
  std::vector<std::string> keys;
  for (const plan::TargetKeyColumn& each : entity.target_key)
    columns +=
        fmt::format("  {} {},\n", sql::quote_identifier("target_" + each.name), each.type_text);
  for (const plan::KeyColumn& each : entity.key) {
    keys.push_back(sql::quote_identifier("legacy_" + each.name));
    columns += fmt::format("  {} {}{} NOT NULL,\n", keys.back(), each.type_text, each.order_suffix);
  }
  return fmt::format(
      "CREATE TABLE IF NOT EXISTS {} (\n  source_hash bigint NOT NULL,\n  row_hash bigint,\n  "
      "base integer[],\n  refused_hash bigint,\n{}"
      "  state rehome.ledger_state NOT NULL,\n  removal text CHECK (removal IN ('deleted', "
      "'marked')),\n  inserted_run integer,\n  written_run integer NOT NULL,\n"
      "  PRIMARY KEY ({})\n)",
      table_of(entity), columns, sql::join(keys, ", "));
}

std::string text_array(const std::vector<std::string>& values) {
  std::vector<std::string> quoted;
  for (const std::string& each : values) quoted.push_back(sql::quote_literal(each));
  return "ARRAY[" + sql::join(quoted, ", ") + "]::text[]";
}

template <typename Column>
std::vector<std::string> names_of(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& each : columns) names.push_back(each.name);
  return names;
}

}  // namespace

bool exists(pg::Connection& target) {
  return target
      .execute({"find state",
                "SELECT to_regclass('rehome.run') IS NOT NULL AND to_regclass('rehome.setting') IS "
                "NOT NULL"})
      .boolean(0, 0);
}

void install(pg::Connection& target) {
  if (exists(target)) {
    const auto rows =
        target.execute({"read schema version",
                        "SELECT value::integer FROM rehome.setting WHERE name = 'schema_version'"});
    const auto version = rows.count() == 1 ? rows.integer(0, 0) : 0;
    if (version > k_schema_version) {
      throw std::runtime_error(fmt::format(
          "schema rehome on the target has version {}, this program knows up to {}: use the newer "
          "release",
          version, k_schema_version));
    }
    if (version == k_schema_version) return;
  }
  target.execute({"create schema rehome", sql::create_schema});
}

namespace {

// A formula that names columns which are there no longer says nothing of their rows; these count as
// changed by others.
bool names_lost_column(const pg::Error& error) {
  constexpr std::string_view k_undefined_column = "42703";
  return error.sqlstate() == k_undefined_column;
}

// An edit of the mapping gives row_hash another formula. Rows that stand as they were left get it
// by the new one, so that they are not taken for changed by others.
void follow_row_formula(pg::Connection& target, const plan::Entity& entity) {
  const std::string name = "row_hash:" + entity.name;
  const std::string formula = plan::row_hash_expression(entity);
  const auto known = target.query(
      {"read row formula", "SELECT value FROM rehome.setting WHERE name = $1"}, {name});
  if (known.count() == 1 && known.text(0, 0) == formula) return;
  const std::string keep = fmt::format(
      "INSERT INTO rehome.setting VALUES ({}, {}) ON CONFLICT (name) DO UPDATE SET value = "
      "excluded.value",
      sql::quote_literal(name), sql::quote_literal(formula));
  if (known.count() == 1) {
    try {
      target.begin({"hash rows again",
                    fmt::format("UPDATE {} AS l SET row_hash = {} FROM {} AS t WHERE {} AND "
                                "l.row_hash = {};\n{}",
                                table_of(entity), formula, entity.target_table.text(),
                                same_target_row(entity), known.text(0, 0), keep)},
                   "");
      return target.commit();
    } catch (const pg::Error& error) {
      target.rollback();
      if (!names_lost_column(error)) throw;
    }
  }
  target.execute({"keep row formula", keep});
}

[[noreturn]] void refuse_form(const plan::Entity& entity, const std::string& before) {
  throw std::runtime_error(
      fmt::format("entity {} was moved {}: give the new form a new name", entity.name, before));
}

// A ledger tells of rows by their key in one table. What it says of another it would say wrongly:
// that its rows are lost, or moved. A table that was renamed stays the same.
void refuse_other_form(pg::Connection& target, const plan::Entity& entity, int run_id) {
  const auto known = target.execute(
      {"read entity",
       fmt::format("SELECT e.legacy_key = {}, e.target_table = {} OR to_regclass(e.target_table) "
                   "IS NULL, e.target_table, f.mapping = r.mapping, f.mapping FROM rehome.entity "
                   "AS e JOIN rehome.run AS f ON f.run_id = e.first_run JOIN rehome.run AS r ON "
                   "r.run_id = {} WHERE e.entity = {}",
                   text_array(names_of(entity.key)), sql::quote_literal(entity.real_table().text()),
                   run_id, sql::quote_literal(entity.name))});
  if (known.count() == 0) return;
  if (!known.boolean(0, 3))
    refuse_form(entity, fmt::format("by the mapping {} before", known.text(0, 4)));
  if (!known.boolean(0, 0)) refuse_form(entity, "with another legacy key before");
  if (!known.boolean(0, 1))
    refuse_form(entity, fmt::format("to {} before, which still stands", known.text(0, 2)));
}

bool is_wider(const std::string& type, const std::string& before) {
  return (type == "int8" && (before == "int4" || before == "int2")) ||
         (type == "int4" && before == "int2");
}

// Where the source has widened its keys, the ledger follows. Any other type is another key.
void follow_key_types(pg::Connection& target, const plan::Entity& entity) {
  const auto rows =
      target.query({"read key types",
                    "SELECT a.attname, t.typname FROM pg_attribute AS a JOIN pg_type AS t ON t.oid "
                    "= a.atttypid WHERE a.attrelid = to_regclass($1) AND a.attnum > 0"},
                   {table_of(entity)});
  std::map<std::string, std::string> known;
  for (int row = 0; row < rows.count(); ++row) known.emplace(rows.text(row, 0), rows.text(row, 1));
  const auto follow = [&](const std::string& column, const std::string& type) {
    const std::string& before = known.at(column);
    if (before == type) return;
    if (!is_wider(type, before)) {
      refuse_form(entity,
                  fmt::format("with {} of type {} before, which is {} now", column, before, type));
    }
    target.execute(
        {"widen key", fmt::format("ALTER TABLE {} ALTER COLUMN {} TYPE {}", table_of(entity),
                                  sql::quote_identifier(column), type)});
  };
  for (const auto& each : entity.key) follow("legacy_" + each.name, each.type_text);
  for (const auto& each : entity.target_key) follow("target_" + each.name, each.type_text);
}

}  // namespace

void install_entity(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity,
                    int run_id) {
  refuse_other_form(target, entity, run_id);
  target.execute({"create ledger table", create_statement(entity)});
  follow_key_types(target, entity);
  const std::string name = sql::quote_literal(entity.name);
  const std::string keys = text_array(names_of(entity.key));
  std::vector<std::string> kept_in;
  for (const std::size_t each : entity.legacy_columns) kept_in.push_back(entity.columns[each].name);
  target.execute(
      {"note entity",
       fmt::format("INSERT INTO rehome.entity AS e (entity, source_table, target_table, "
                   "ledger_table, legacy_key, target_key, kept_in, answers_for, first_run) VALUES "
                   "({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (entity) DO UPDATE SET "
                   "source_table = excluded.source_table, target_table = excluded.target_table, "
                   "kept_in = excluded.kept_in, answers_for = excluded.answers_for WHERE "
                   "(e.source_table, e.target_table, e.kept_in, e.answers_for) <> "
                   "(excluded.source_table, excluded.target_table, excluded.kept_in, "
                   "excluded.answers_for)",
                   name, sql::quote_literal(entity.source_table.text()),
                   sql::quote_literal(entity.real_table().text()),
                   sql::quote_literal(table_of(entity)), keys,
                   text_array(names_of(entity.target_key)), text_array(kept_in),
                   sql::quote_literal(answers_for(plan, entity)), run_id)});
  // Counted by an earlier run, when the source still allowed them.
  if (!entity.may_lack_key()) hold_keyless(target, entity, {run_id, 0}, 0);
  follow_row_formula(target, entity);
  follow_bases(target, entity);
}

void index_entity(pg::Connection& target, const plan::Entity& entity) {
  std::vector<std::string> ids;
  for (const plan::TargetKeyColumn& each : entity.target_key)
    ids.push_back(sql::quote_identifier("target_" + each.name));
  std::vector<std::string> keys;
  for (const plan::KeyColumn& each : entity.key)
    keys.push_back(sql::quote_identifier("legacy_" + each.name));
  target.execute(
      {"index ledger table",
       fmt::format("CREATE UNIQUE INDEX IF NOT EXISTS {} ON {} ({}) WHERE {}",
                   sql::quote_identifier(bounded_name("target_key_" + entity.name)),
                   table_of(entity), sql::join(ids, ", "), "removal IS DISTINCT FROM 'deleted'")});
  target.execute({"index gone rows",
                  fmt::format("CREATE INDEX IF NOT EXISTS {} ON {} ({}) WHERE state = 'gone'",
                              sql::quote_identifier(bounded_name("gone_" + entity.name)),
                              table_of(entity), sql::join(keys, ", "))});
}

base::Uuid read_or_make_namespace(pg::Connection& target,
                                  const std::optional<std::string>& pinned) {
  const std::string made = pinned.value_or(base::to_text(base::make_random_uuid()));
  const auto rows = target.query({"read id namespace",
                                  "WITH made AS (INSERT INTO rehome.setting VALUES "
                                  "('uuid_namespace', $1) ON CONFLICT (name) DO NOTHING "
                                  "RETURNING value) SELECT value FROM made UNION ALL SELECT value "
                                  "FROM rehome.setting WHERE name = 'uuid_namespace'"},
                                 {made});
  const std::string value(rows.text(0, 0));
  if (pinned && value != *pinned) {
    throw std::runtime_error(
        "uuid_namespace of the mapping is not the one the target's ids were made with");
  }
  const auto uuid = base::parse_uuid(value);
  base::ensure(uuid.has_value(), "rehome.setting holds a uuid_namespace that is no uuid");
  return *uuid;
}

std::string bounded_name(const std::string& name) {
  if (name.size() <= k_identifier_max) return name;
  return name.substr(0, k_identifier_max - 17) + fmt::format("_{:016x}", base::hash64(name));
}

std::string table_of(const plan::Entity& entity) {
  return "rehome." + sql::quote_identifier(bounded_name("ledger_" + entity.name));
}

std::vector<std::string> legacy_columns(const plan::Entity& entity, std::string_view alias) {
  std::vector<std::string> columns;
  for (const auto& each : entity.key)
    columns.push_back(sql::qualified_column(alias, "legacy_" + each.name));
  return columns;
}

std::vector<std::string> target_columns(const plan::Entity& entity, std::string_view alias) {
  std::vector<std::string> columns;
  for (const auto& each : entity.target_key)
    columns.push_back(sql::qualified_column(alias, "target_" + each.name));
  return columns;
}

std::string key_object(const plan::Entity& entity, std::string_view alias) {
  std::vector<std::string> pairs;
  for (const auto& each : entity.key) {
    pairs.push_back(fmt::format("{}, {}::text", sql::quote_literal(each.name),
                                sql::qualified_column(alias, "legacy_" + each.name)));
  }
  return "jsonb_build_object(" + sql::join(pairs, ", ") + ")";
}

std::string same_target_row(const plan::Entity& entity, std::string_view ledger_alias,
                            std::string_view row_alias) {
  const auto ids = target_columns(entity, ledger_alias);
  std::vector<std::string> terms;
  for (std::size_t part = 0; part < ids.size(); ++part) {
    terms.push_back(fmt::format(
        "{} = {}", sql::qualified_column(row_alias, entity.target_key[part].name), ids[part]));
  }
  return sql::join(terms, " AND ");
}

std::string claims_row(std::string_view ledger_alias) {
  return fmt::format(
      "({0}.state = 'here' OR {0}.state = 'gone' AND {0}.row_hash IS NOT NULL AND {1})",
      ledger_alias, is_not_deleted(ledger_alias));
}

namespace {

// What another entity's ledger has is its row, unless both have it and it does not claim it.
std::string not_of_other(const plan::Entity& entity, const plan::Entity& other) {
  return fmt::format(
      "NOT EXISTS (SELECT 1 FROM {} AS o WHERE {} AND {} AND ({} OR NOT EXISTS (SELECT 1 FROM {} "
      "AS l WHERE {} AND {})))",
      table_of(other), same_target_row(other, "o"), is_not_deleted("o"), claims_row("o"),
      table_of(entity), same_target_row(entity, "l"), is_not_deleted("l"));
}

}  // namespace

std::string answers_for(const plan::Plan& plan, const plan::Entity& entity) {
  if (!entity.share.empty()) return plan::share_condition(entity, "t");
  std::vector<std::string> terms;
  for (const plan::Entity& each : plan.entities) {
    if (each.name == entity.name || !(each.target_table == entity.target_table)) continue;
    terms.push_back(each.share.empty()
                        ? not_of_other(entity, each)
                        : fmt::format("({}) IS NOT TRUE", plan::share_condition(each, "t")));
  }
  return sql::join(terms, " AND ");
}

ParentValue parent_value(const plan::Entity& parent, const std::string& column) {
  const auto ids = target_columns(parent, "p");
  for (std::size_t part = 0; part < ids.size(); ++part) {
    if (parent.target_key[part].name == column) return {table_of(parent) + " AS p", ids[part]};
  }
  return {fmt::format("{} AS p JOIN {} AS r ON {}", table_of(parent), parent.target_table.text(),
                      same_target_row(parent, "p", "r")),
          sql::qualified_column("r", column)};
}

std::string key_matches(const plan::Entity& entity, std::string_view alias, std::string_view json) {
  std::vector<std::string> terms;
  for (const auto& each : entity.key) {
    terms.push_back(
        fmt::format("{}{} = ({}->>{})::{}", sql::qualified_column(alias, "legacy_" + each.name),
                    each.order_suffix, json, sql::quote_literal(each.name), each.type_text));
  }
  return sql::join(terms, " AND ");
}

void refuse_changed_key(const plan::Entity& entity) {
  throw std::runtime_error(
      fmt::format("{} stores other keys than it was sent for {}: does a trigger change them?",
                  entity.target_table.text(), entity.name));
}

std::string leave_quarantine(const plan::Entity& entity) {
  return fmt::format(
      "DELETE FROM rehome.quarantine AS q USING changed WHERE q.entity = {} AND q.legacy_key = "
      "changed.legacy_key",
      sql::quote_literal(entity.name));
}

std::string close_open_refs(const plan::Entity& entity) {
  return fmt::format(
      "DELETE FROM rehome.open_ref AS o USING changed WHERE o.entity = {} AND o.legacy_key = "
      "changed.legacy_key",
      sql::quote_literal(entity.name));
}

std::string is_asked_again(const plan::Entity& entity, std::string_view alias) {
  return fmt::format(
      "(({0}.refused_hash IS NOT NULL OR {0}.state = 'held') AND EXISTS (SELECT 1 FROM "
      "rehome.quarantine AS q WHERE q.entity = {1} AND q.legacy_key = {2} AND q.reason IN "
      "('conflict', 'differs', 'duplicate', 'claimed')))",
      alias, sql::quote_literal(entity.name), key_object(entity, alias));
}

std::string has_target_row(const plan::Entity& entity, std::string_view alias) {
  return fmt::format(
      "({0}.state = 'here' OR {0}.state = 'held' AND {3} IS NOT NULL AND EXISTS (SELECT 1 FROM {1} "
      "AS t WHERE {2}))",
      alias, entity.target_table.text(), same_target_row(entity, alias),
      target_columns(entity, alias).front());
}

std::string points_at_row(const plan::Entity& entity, std::string_view alias) {
  return fmt::format("({0}.state <> 'held' AND {1} IS NOT NULL AND {2})", alias,
                     target_columns(entity, alias).front(), is_not_deleted(alias));
}

std::string is_not_deleted(std::string_view alias) {
  return fmt::format("{}.removal IS DISTINCT FROM 'deleted'", alias);
}

}  // namespace rehome::ledger
