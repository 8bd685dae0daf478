#include <functional>

#include "schema.h"
#include "stages.h"
#include "tables.h"

namespace dental {
namespace {

// Django's sequences continue where the ids end.
constexpr std::string_view k_set_sequences = R"(
DO $$
DECLARE legacy name;
BEGIN
  FOR legacy IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT max(id) FROM %I))',
                   quote_ident(legacy), 'id', legacy);
  END LOOP;
END $$)";

// Whether the legacy tables are there already; if so, they must be empty.
bool find_tables(Server& server) {
  if (server.read_value("SELECT to_regclass('dispatch_file')").empty()) {
    return false;
  }
  if (!server.read_value("SELECT 1 FROM auth_user LIMIT 1").empty()) {
    throw Failure("the legacy tables are not empty; take a fresh database");
  }
  return true;
}

}  // namespace

void write_tables(const World& world, Destination& destination) {
  for (const auto& write :
       {write_auth_group, write_content_type, write_course, write_user, write_user_groups,
        write_doctor_setting, write_office, write_office_doctors, write_patient, write_instruction,
        write_record, write_file}) {
    write(world, destination);
  }
}

std::string_view source_tables_sql() {
  return k_source_schema.substr(0, k_source_schema.find("-- after the load"));
}

void fill_source(const World& world, const std::string& url, bool foreign_keys) {
  Server server(url);
  const bool has_tables = find_tables(server);
  const std::string_view tables = source_tables_sql();
  server.execute("BEGIN");
  if (!has_tables) {
    server.execute(std::string(tables));
  }
  write_tables(world, server);
  if (!has_tables) {
    server.execute(std::string(k_source_schema.substr(tables.size())));
  }
  if (foreign_keys) {
    server.execute(std::string(k_source_foreign_keys));
  }
  server.execute(std::string(k_set_sequences));
  server.execute("COMMIT");
  server.execute("ANALYZE");
}

}  // namespace dental
