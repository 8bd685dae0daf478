#include "crash/people.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace rehome::tests {

namespace {

const std::string k_folder = REHOME_SOURCE_DIR "/tests/crash/people/";

std::string read_file(const std::string& name) {
  std::ifstream file(k_folder + name);
  if (!file) throw std::runtime_error("cannot read " + k_folder + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string rows_of(Database& target, const std::string& columns, const std::string& table) {
  return table + "\n" +
         target.value("SELECT string_agg(r::text, E'\\n' ORDER BY r::text) FROM (SELECT " +
                      columns + " FROM " + table + ") AS r") +
         "\n";
}

}  // namespace

People::People() {
  source_.run(read_file("source.sql"));
  target_.run(read_file("target.sql"));
}

void People::change_source() { source_.run(read_file("change.sql")); }

void People::change_target() {
  target_.run("DELETE FROM notes WHERE code IN ('N-1', 'N-2', 'N-99', 'N-101')");
}

std::unique_ptr<Program> People::start(const std::string& failpoints) const {
  return std::make_unique<Program>(
      std::vector<std::string>{"sync", "-f", k_folder + "rehome.yaml"},
      std::map<std::string, std::string>{{"SOURCE_URL", source_.url()},
                                         {"TARGET_URL", target_.url()},
                                         {"REHOME_FAILPOINTS", failpoints}});
}

std::string People::moved_by_last_run() {
  return target_.value(
      "SELECT coalesce(sum(inserted + updated + deleted + marked), 0) FROM rehome.batch WHERE "
      "run_id = (SELECT "
      "max(run_id) FROM "
      "rehome.run)");
}

// Without the failing row that the server quotes after its own words: which refs of it were open
// then depends on the order of batches.
// Which open refs were filled in rows of a former run depends on where that one ended.
std::string People::digest() {
  const std::string ledger = ", source_hash, row_hash, refused_hash, state, removal";
  return rows_of(target_, "*", "offices") + rows_of(target_, "*", "people") +
         rows_of(target_, "*", "notes") +
         rows_of(target_, "legacy_id, target_id" + ledger, "rehome.ledger_offices") +
         rows_of(target_, "legacy_id, target_id" + ledger, "rehome.ledger_people") +
         rows_of(target_, "legacy_code, target_id" + ledger, "rehome.ledger_notes") +
         rows_of(target_,
                 "entity, legacy_key, reason, message, mapping_place, sqlstate, constraint_name, "
                 "split_part(detail, E'\\n', 1) AS words, parent_entity, parent_key, image",
                 "rehome.quarantine") +
         rows_of(target_, "entity, legacy_key, column_name, parent_entity, parent_key",
                 "rehome.open_ref") +
         rows_of(target_,
                 "entity, legacy_key, target_table, kind, image, ledger_row - 'written_run'",
                 "rehome.undo WHERE kind <> 'settle'");
}

void People::wait_for_sessions_to_end() {
  for (int attempt = 0; attempt < 500; ++attempt) {
    const std::string sessions = target_.value(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'rehome%'");
    if (sessions == "0") return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("sessions of a dead process are still there");
}

}  // namespace rehome::tests
