#include <fmt/format.h>

#include <array>
#include <utility>

#include "manifest.h"
#include "schema.h"
#include "stages.h"

namespace dental {
namespace {

// Mistakes that follow no plant of the source, and how many rows each takes at scale 1.
constexpr std::array<std::pair<std::string_view, std::uint64_t>, 9> k_sizes = {{
    {"merged", 23},
    {"technicians", 56},
    {"taken_for_doctors", 139},
    {"duplicates", 4},
    {"cleared", 4},
    {"orphans", 3},
    {"edited_profiles", 15},
    {"edited_messages", 20},
    {"edited_files", 15},
}};

// The target must have its tables, and no rows of ours.
void require_empty_target(Server& server) {
  if (server.read_value("SELECT to_regclass('public.message_attachments')").empty()) {
    throw Failure("there are no tables of the target; run target.sql first");
  }
  if (!server
           .read_value("SELECT 1 FROM public.offices UNION ALL SELECT 1 FROM public.profiles "
                       "UNION ALL SELECT 1 FROM public.messages LIMIT 1")
           .empty()) {
    throw Failure("the tables of the target are not empty; take a fresh database");
  }
}

constexpr std::string_view k_read_plants = R"(
CREATE TABLE plants AS
SELECT number, p.*
FROM jsonb_array_elements($manifest${0}$manifest$::jsonb -> 'plants')
       WITH ORDINALITY AS entry(content, number)
CROSS JOIN LATERAL jsonb_to_record(content)
  AS p(entity text, "table" text, id integer, defect text, disposition text, "column" text,
       reason text);
CREATE TABLE excluded AS
SELECT c.key AS entity, x.key AS name, x.value::bigint AS rows
FROM jsonb_each($manifest${0}$manifest$::jsonb -> 'counts') c,
     jsonb_each_text(c.value -> 'excluded') x;
CREATE FUNCTION pg_temp.seed() RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT '{1}'::text$$;
CREATE TABLE sizes (name text PRIMARY KEY, rows bigint NOT NULL);
)";

void make_inputs(Server& server, const World& world) {
  server.execute(std::string(source_tables_sql()));
  write_tables(world, server);
  server.execute(fmt::format(k_read_plants, make_manifest(world), world.seed));
  for (const auto& [name, rows] : k_sizes) {
    server.execute(
        fmt::format("INSERT INTO sizes VALUES ('{}', {})", name, scaled_plants(world.scale, rows)));
  }
}

constexpr std::string_view k_list_counts = R"(
SELECT format('%s: {"source": %s, "target": %s, "adopted": %s, "inserted": %s, "updated": %s, '
              || '"held": %s, "excluded": %s, "open_refs": %s, "extra": %s, "own": %s}',
              to_json(entity), source, target, source - inserted - updated - held - out, inserted,
              updated, held, excluded, open_refs, extra, own)
FROM sums ORDER BY number)";

constexpr std::string_view k_list_plants = R"(
SELECT line FROM (
  SELECT 1 AS part, number, '' AS defect, id, '' AS "column", '' AS target,
         json_build_object('entity', entity, 'table', "table", 'id', id::text, 'defect', defect,
                           'disposition', disposition, 'column', "column", 'reason', reason)::text
           AS line
  FROM plants
  UNION ALL
  SELECT 2, e.number, defect, id, "column", target_id::text,
         json_build_object('entity', entity, 'table', f."table", 'id', id::text, 'defect', defect,
                           'disposition', disposition, 'column', "column", 'reason', reason,
                           'target_id', target_id)::text
  FROM finding f JOIN entities e USING (entity)
) listed
ORDER BY part, number, defect COLLATE "C", id, "column" COLLATE "C", target COLLATE "C")";

std::string read_manifest(Server& server, const World& world) {
  std::string counts;
  for (const std::string& entity : server.read_values(std::string(k_list_counts))) {
    counts += (counts.empty() ? "{\n " : ",\n ") + entity;
  }
  return format_manifest(world, "t0", counts + "\n}",
                         server.read_values(std::string(k_list_plants)));
}

}  // namespace

std::string fill_target(const World& world, const std::string& url) {
  Server server(url);
  require_empty_target(server);
  server.execute("BEGIN");
  // New tables are temporary ones; the trigger of orders finds those of the application.
  server.execute("SET LOCAL search_path = pg_temp, public; SET LOCAL jit = off");
  server.execute("SET LOCAL work_mem = '64MB'");
  make_inputs(server, world);
  server.execute(std::string(k_t0_rows));
  server.execute(std::string(k_t0_findings));
  std::string manifest = read_manifest(server, world);
  server.execute("COMMIT");
  server.execute("ANALYZE");
  return manifest;
}

}  // namespace dental
