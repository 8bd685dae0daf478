#include <fmt/format.h>

#include <algorithm>

#include "base/ensure.h"
#include "plan/statements.h"

namespace rehome::plan {

namespace {

std::vector<std::string> key_values(const Entity& entity) {
  std::vector<std::string> values;
  for (const KeyColumn& each : entity.key) values.push_back(each.value.text());
  return values;
}

std::string key_texts(const Entity& entity) {
  std::vector<std::string> values;
  for (const KeyColumn& each : entity.key) values.push_back(each.value.text() + "::text");
  return sql::join(values, ", ");
}

// The rows of the set. What is NULL is in no range and no list, but in every bucket and in all
// rows.
std::string in_set(const Entity& entity, const KeySet& keys) {
  std::vector<std::string> terms;
  for (const KeyColumn& each : entity.key) {
    if (each.nullable)
      terms.push_back(each.value.text() + (keys.without_key ? " IS NULL" : " IS NOT NULL"));
  }
  if (keys.without_key) return terms.empty() ? "false" : "(" + sql::join(terms, " OR ") + ")";
  std::string condition = key_condition(key_values(entity), entity.key, keys);
  if (terms.empty() || keys.listed) return condition;
  if (condition != "true") terms.insert(terms.begin(), condition);
  return sql::join(terms, " AND ");
}

sql::Fragment not_excluded(const Entity& entity) {
  sql::Fragment condition;
  for (const Exclusion& each : entity.exclusions)
    condition += sql::Fragment(" AND NOT (") + each.when + ")";
  return condition;
}

sql::Fragment taken(const Entity& entity, const KeySet& keys) {
  return sql::Fragment("\nFROM ") + entity.from + "\nWHERE " + in_set(entity, keys) +
         not_excluded(entity);
}

sql::Fragment decision(const Entity& entity) {
  if (entity.holds.empty()) return sql::Fragment("0::int4");
  sql::Fragment cases("CASE");
  for (std::size_t index = 0; index < entity.holds.size(); ++index) {
    cases += sql::Fragment("\n    WHEN ") + entity.holds[index].when +
             fmt::format(" THEN -{}", index + 1);
  }
  return cases + "\n    ELSE 0 END::int4";
}

// What the user refuses by a rule need not be computable: a cast, say, of what is no number. The
// decision then stands beside the row, computed once, and the values ask it.
bool is_guarded(const Entity& entity) {
  return std::any_of(entity.holds.begin(), entity.holds.end(),
                     [](const Hold& each) { return each.reason.starts_with("refuse:"); });
}

sql::Fragment decided(const Entity& entity) {
  return is_guarded(entity) ? sql::Fragment("rehome_decided.decision_of_row") : decision(entity);
}

sql::Fragment guarded(const Entity& entity, const sql::Fragment& value) {
  if (!is_guarded(entity)) return value;
  return sql::Fragment("CASE WHEN rehome_decided.decision_of_row = 0 THEN ") + value + " END";
}

// As `taken`, for statements that use `decided` and `guarded`.
sql::Fragment taken_and_decided(const Entity& entity, const KeySet& keys) {
  if (!is_guarded(entity)) return taken(entity, keys);
  return sql::Fragment("\nFROM ") + entity.from + "\nCROSS JOIN LATERAL (SELECT " +
         decision(entity) + " AS decision_of_row OFFSET 0) AS rehome_decided\nWHERE " +
         in_set(entity, keys) + not_excluded(entity);
}

std::string source_hash(const Entity& entity) {
  std::vector<std::string> values;
  for (const Input& each : entity.inputs) values.push_back(each.text);
  return hash_expression(values, entity.salt, entity.source_version);
}

// The fields of a derived row, each at its place.
std::vector<sql::Fragment> derived_fields(const Entity& entity) {
  std::vector<sql::Fragment> fields(entity.field_count);
  std::size_t next = 0;
  for (const KeyColumn& each : entity.key) fields[next++] = each.value;
  fields[next++] = sql::Fragment(source_hash(entity));
  fields[next++] = decided(entity);
  if (entity.time_field) fields[*entity.time_field] = guarded(entity, entity.time);
  if (entity.changed_at)
    fields[entity.changed_at->field] = guarded(entity, entity.changed_at->source);
  for (std::size_t column = 0; column < entity.columns.size(); ++column) {
    if (entity.fields[column] != k_no_field)
      fields[entity.fields[column]] = guarded(entity, entity.columns[column].value);
  }
  const std::size_t first_ref = entity.field_count - entity.ref_keys.size();
  for (std::size_t ref = 0; ref < entity.ref_keys.size(); ++ref)
    fields[first_ref + ref] = guarded(entity, entity.ref_keys[ref]);
  for (const sql::Fragment& each : fields)
    base::ensure(!each.empty(), "a field of a derived row has no value");
  return fields;
}

std::string without(const Entity& entity, const std::vector<KeyText>& except) {
  if (except.empty()) return "";
  KeySet refused;
  refused.listed = true;
  refused.keys = except;
  return " AND NOT (" + key_condition(key_values(entity), entity.key, refused) + ")";
}

}  // namespace

sql::Fragment derive_statement(const Entity& entity, const KeySet& keys,
                               const std::vector<KeyText>& except) {
  return sql::Fragment("SELECT ") + sql::join(derived_fields(entity), ",\n  ") +
         taken_and_decided(entity, keys) + without(entity, except) +
         key_order(key_values(entity), entity.key);
}

sql::Fragment copy_out(const sql::Fragment& statement) {
  return sql::Fragment("COPY (") + statement + ") TO STDOUT (FORMAT binary)";
}

std::string key_hash_statement(const Entity& entity, const KeySet& keys) {
  return fmt::format("SELECT {}, {}{}", sql::join(key_values(entity), ", "), source_hash(entity),
                     taken(entity, keys).text());
}

std::string source_summary_statement(const Entity& entity, const KeySet& keys) {
  return fmt::format("SELECT count(*), coalesce(sum({}), 0)::text{}", source_hash(entity),
                     taken(entity, keys).text());
}

namespace {

// `also`: of each group, besides its count.
std::string count_by_decision(const Entity& entity, const KeySet& keys, const std::string& also) {
  const std::string condition = in_set(entity, keys);
  if (entity.exclusions.empty()) {
    return fmt::format("SELECT 0, count(*){} FROM {} WHERE {}", also, entity.driving.text(),
                       condition);
  }
  std::string cases = "CASE";
  for (std::size_t index = 0; index < entity.exclusions.size(); ++index) {
    cases += fmt::format(" WHEN {} THEN {}", entity.exclusions[index].when.text(), index + 1);
  }
  return fmt::format("SELECT {} ELSE 0 END, count(*){}\nFROM {}\nWHERE {}\nGROUP BY 1 ORDER BY 1",
                     cases, also, entity.from.text(), condition);
}

}  // namespace

std::string decisions_statement(const Entity& entity, const KeySet& keys) {
  return count_by_decision(entity, keys, "");
}

std::string changes_statement(const Entity& entity, const KeySet& keys, const std::string& latest) {
  const Detection& detection = entity.detection.value();
  // Rows that say nothing may have changed at any time.
  return count_by_decision(
      entity, keys,
      fmt::format(", count(*) FILTER (WHERE ({} <= {}::{} - {}) IS NOT TRUE)", detection.value,
                  sql::quote_literal(latest), detection.type, detection.overlap));
}

std::string latest_change_statement(const Entity& entity) {
  const Detection& detection = entity.detection.value();
  return fmt::format("SELECT max({})::text FROM {} AS {} WHERE {}", detection.value,
                     entity.source_table.text(), sql::quote_identifier(entity.alias),
                     detection.sane);
}

std::string source_count_statement(const Entity& entity) {
  return fmt::format("SELECT count(*) FROM {}",
                     entity.each.empty() ? entity.source_table.text() : entity.driving.text());
}

std::string each_count_statement(const Entity& entity) {
  return fmt::format(
      "SELECT count(*), count(*) FILTER (WHERE given.n = 0)\nFROM {} AS {}\n"
      "CROSS JOIN LATERAL (SELECT count(*) AS n FROM {}) AS given",
      entity.source_table.text(), sql::quote_identifier(entity.alias), entity.each.text());
}

std::string images_statement(const Entity& entity, const KeySet& keys) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (const std::string& each : entity.image_columns) {
    names.push_back(sql::quote_literal(each));
    values.push_back(sql::qualified_column(entity.alias, each) + "::text");
  }
  return fmt::format(
      "SELECT {}, json_object(ARRAY[{}]::text[], ARRAY[{}]::text[])::text\nFROM {}\nWHERE {}",
      key_texts(entity), sql::join(names, ", "), sql::join(values, ", "), entity.driving.text(),
      in_set(entity, keys));
}

std::string cut_statement(const Entity& entity, const KeySet& left, std::int64_t rows) {
  std::vector<std::string> selected;
  std::vector<std::string> texts;
  for (std::size_t part = 0; part < entity.key.size(); ++part) {
    selected.push_back(fmt::format("{} AS k{}", entity.key[part].value.text(), part + 1));
    texts.push_back(fmt::format("ending.k{}::text", part + 1));
  }
  // An index may hold all that is asked, unless some rows are left out.
  const std::string counted =
      entity.exclusions.empty()
          ? fmt::format("\nFROM {}\nWHERE {}", entity.driving.text(), in_set(entity, left))
          : taken(entity, left).text();
  const std::string order = key_order(key_values(entity), entity.key);
  return fmt::format("SELECT {}\nFROM (SELECT {}{}\n{} OFFSET {} LIMIT 1) AS ending",
                     sql::join(texts, ", "), sql::join(selected, ", "), counted, order.substr(1),
                     rows - 1);
}

namespace {

// WITH taken AS …: the rows that the source itself would not hold, with their keys k1 … and the
// values v1 … that may be shared. `from`: those that share them. `group` and `order` of a window.
struct Sharing {
  std::string with;
  std::string from;
  std::string group;
  std::string order;
  std::vector<std::string> keys;

  Sharing(const Entity& entity, const UniqueCheck& check) {
    std::vector<std::string> selected;
    for (std::size_t part = 0; part < entity.key.size(); ++part) {
      keys.push_back(fmt::format("taken.k{}", part + 1));
      selected.push_back(fmt::format("{} AS k{}", entity.key[part].value.text(), part + 1));
    }
    std::vector<std::string> values;
    std::vector<std::string> present;
    std::vector<std::string> same;
    // Most values are unique, and sorting those few that are not is cheap. NULLs cannot be joined.
    const bool joined = !check.nulls_not_distinct;
    for (std::size_t index = 0; index < check.values.size(); ++index) {
      const std::string name = fmt::format("v{}", index + 1);
      selected.push_back(guarded(entity, check.values[index]).text() + " AS " + name);
      values.push_back("taken." + name);
      if (joined) present.push_back(" AND " + name + " IS NOT NULL");
      same.push_back(fmt::format("taken.{0} = shared.{0}", name));
    }
    group = sql::join(values, ", ");
    order = key_order(keys, entity.key);
    with = fmt::format(
        "WITH candidate AS (SELECT {}, {} AS decision{}),\n"
        "taken AS (SELECT * FROM candidate WHERE decision = 0{})",
        sql::join(selected, ", "), decided(entity).text(), taken_and_decided(entity, {}).text(),
        sql::join(present, ""));
    from = "taken";
    if (!joined) return;
    with +=
        fmt::format(",\nshared AS (SELECT {0} FROM taken GROUP BY {0} HAVING count(*) > 1)", group);
    from += " JOIN shared ON " + sql::join(same, " AND ");
  }
};

}  // namespace

std::string losers_statement(const Entity& entity, const UniqueCheck& check) {
  const Sharing sharing(entity, check);
  const std::string keys = sql::join(sharing.keys, ", ");
  return fmt::format(
      "{}\nSELECT {}\nFROM (SELECT {}, row_number() OVER (PARTITION BY {}{}) AS n\n"
      "  FROM {}) AS taken\nWHERE n > 1",
      sharing.with, keys, keys, sharing.group, sharing.order, sharing.from);
}

std::string rivals_statement(const Entity& entity) {
  const Sharing sharing(entity, *entity.adoption.rivals);
  std::vector<std::string> rivals;
  for (const std::string& each : sharing.keys)
    rivals.push_back(fmt::format("coalesce(lag({0}) OVER w, lead({0}) OVER w)::text", each));
  return fmt::format("{}\nSELECT {}, {}\nFROM {}\nWINDOW w AS (PARTITION BY {}{})", sharing.with,
                     sql::join(sharing.keys, ", "), sql::join(rivals, ", "), sharing.from,
                     sharing.group, sharing.order);
}

std::string probe_source_statement(const Entity& entity, const KeySet& keys) {
  const std::vector<sql::Fragment> fields = derived_fields(entity);
  return fmt::format("SELECT count(d) FROM (SELECT ROW({}) AS d{} OFFSET 0) AS derived",
                     sql::join(fields, ", ").text(), taken_and_decided(entity, keys).text());
}

std::string existing_keys_statement(const Entity& entity, const KeySet& keys) {
  return fmt::format("SELECT {} FROM {} WHERE {}", key_texts(entity), entity.driving.text(),
                     in_set(entity, keys));
}

std::string source_keys_statement(const Entity& entity) {
  return fmt::format("SELECT {}{}", sql::join(key_values(entity), ", "), taken(entity, {}).text());
}

std::string keys_statement(const Entity& entity, const KeySet& keys) {
  return fmt::format("SELECT {}{}{}", key_texts(entity), taken(entity, keys).text(),
                     key_order(key_values(entity), entity.key));
}

}  // namespace rehome::plan
