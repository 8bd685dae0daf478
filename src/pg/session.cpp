#include "pg/session.h"

#include <fmt/core.h>

#include <vector>

#include "sql/identifier.h"

namespace rehome::pg {

namespace {

struct Setting {
  std::string_view name;
  std::string_view value;
  int since = 0;  // server version that knows it first
};

// What decides how a value is read and written, and how long a statement may take. Both sides.
constexpr Setting k_value_settings[] = {
    {"client_encoding", "UTF8"},
    {"DateStyle", "ISO, YMD"},
    {"IntervalStyle", "postgres"},
    {"TimeZone", "UTC"},
    {"extra_float_digits", "3"},
    {"bytea_output", "hex"},
    {"lc_monetary", "C"},
    {"standard_conforming_strings", "on"},
    {"array_nulls", "on"},
    {"transform_null_equals", "off"},
    // Better an error (42501) than a table that looks empty.
    {"row_security", "off"},
    {"statement_timeout", "0"},
    {"transaction_timeout", "0", 170000},
    // Compiling costs more than it saves, for streams as for catalogs.
    {"jit", "off"},
};

// What a transaction is that nobody begins by name. A database may have it otherwise, and then two
// workers that take batches would be told to try again.
constexpr Setting k_transaction_settings[] = {
    {"default_transaction_isolation", "read committed"},
    {"default_transaction_deferrable", "off"},
};

constexpr Setting k_source_settings[] = {
    // A scan begins where the table begins, so that the same batch yields the same rows in the same
    // order.
    {"synchronize_seqscans", "off"},
    // A reader that queues behind somebody's DDL would wait for our own locks without end.
    {"lock_timeout", "5s"},
    {"idle_in_transaction_session_timeout", "0"},
    {"idle_session_timeout", "0", 140000},
    {"default_transaction_read_only", "on"},
};

constexpr Setting k_target_settings[] = {
    // Below the server's deadlock_timeout of 1 s: when the application and a batch lock each other
    // out, the batch loses.
    {"lock_timeout", "800ms"},     {"tcp_keepalives_idle", "30"}, {"tcp_keepalives_interval", "10"},
    {"tcp_keepalives_count", "3"}, {"tcp_user_timeout", "60s"},
};

// A frozen client holds its locks no longer than this, unless it froze inside a COPY; one that
// cannot be reached any more, not even then. A rehearsal holds none, and awaits the source.
constexpr Setting k_idle_settings[] = {{"idle_in_transaction_session_timeout", "5min"}};

void append(std::string& text, std::span<const Setting> settings, std::string_view set,
            int server_version) {
  for (const Setting& setting : settings) {
    if (server_version < setting.since) continue;
    text += fmt::format("{} {} = {};\n", set, setting.name, sql::quote_literal(setting.value));
  }
}

}  // namespace

void prepare_source_session(Connection& connection, const std::string& schema) {
  std::string text;
  append(text, k_value_settings, "SET", connection.server_version());
  append(text, k_transaction_settings, "SET", connection.server_version());
  append(text, k_source_settings, "SET", connection.server_version());
  text += fmt::format("SET search_path = pg_catalog, {}, pg_temp", sql::quote_identifier(schema));
  connection.execute({"prepare source session", text});
}

void begin_source(Connection& connection, const std::string& snapshot) {
  std::string text = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  if (!snapshot.empty()) {
    text += ";\nSET TRANSACTION SNAPSHOT " + sql::quote_literal(snapshot);
  }
  connection.execute({"begin source", text});
}

void prepare_target_session(Connection& connection) {
  std::string text;
  append(text, k_value_settings, "SET", connection.server_version());
  append(text, k_transaction_settings, "SET", connection.server_version());
  if (connection.server_version() >= 140000) text += "SET idle_session_timeout = 0";
  connection.execute({"prepare target session", text});
}

void lock_source_tables(Connection& connection, const std::vector<std::string>& tables) {
  connection.execute({"lock source tables",
                      fmt::format("LOCK TABLE {} IN ACCESS SHARE MODE", sql::join(tables, ", "))});
}

// One SELECT for all settings: a batch spends few statements. (On the source only SET will do: a
// function call would take the snapshot before the tables are locked.)
void begin_target(Connection& connection, const std::string& search_path) {
  std::vector<std::string> settings;
  const auto add = [&](std::string_view name, std::string_view value) {
    settings.push_back(
        fmt::format("pg_catalog.set_config('{}', {}, true)", name, sql::quote_literal(value)));
  };
  const auto add_all = [&](std::span<const Setting> list) {
    for (const Setting& each : list) {
      if (connection.server_version() >= each.since) add(each.name, each.value);
    }
  };
  add_all(k_value_settings);
  add_all(k_target_settings);
  if (!connection.is_rehearsing()) add_all(k_idle_settings);
  if (!search_path.empty()) add("search_path", search_path);
  const std::string statement = fmt::format("SELECT {}", sql::join(settings, ",\n  "));
  connection.begin({"begin target", statement}, "ISOLATION LEVEL READ COMMITTED READ WRITE");
}

}  // namespace rehome::pg
